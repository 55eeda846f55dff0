package dev.trunkline.router.numbers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.directory.CallRate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A number, and the organisation that has it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Number")
public record NumberView(
        @Schema(description = "E.164, or a pattern that stands for many numbers.", examples = "+3225550100")
        String phoneNumber,
        @Schema(description = "Name of the organisation that has it; omitted if it is idle.")
        Optional<String> organisation,
        @Schema(description = "A text for people.") String label,
        @Schema(description = "false: switched off by its organisation; callers get 480.") boolean active,
        @Schema(description = "Name of the agent instance whose configuration lies below the number's.")
        Optional<String> agentInstance,
        @Schema(implementation = Map.class, description = "Overrides the configuration that the number inherits.")
        ObjectNode configOverride,
        @Schema(description = "Maximum concurrent calls that the admin grants.") int maxConcurrentCalls,
        @Schema(description = "How often one caller may call this number; omitted: as the organisation says.")
        Optional<Rate> callerRate,
        @Schema(implementation = Object.class, description = "The announcement that callers hear first: the name of a sound, an object"
                + " with its name and language, or one with skip, the reason why nothing is announced; omitted: as the rule says.")
        Optional<JsonNode> announcement,
        @Schema(description = "A lower limit of concurrent calls, set by its organisation.") OptionalInt ownConcurrentCalls,
        @Schema(description = "A stricter rate, set by its organisation.") Optional<Rate> ownCallerRate,
        @Schema(description = "Who added or last assigned it; shown to admins.") Optional<String> assignedBy,
        @Schema(description = "When that was.") Instant assignedAt,
        @Schema(description = "Its calls at the moment, ringing or answered, without trial calls. Omitted from responses to"
                + " changes, and while this router has not read the live calls yet.")
        OptionalInt calls,
        @Schema(description = "What the number inherits, and all of it merged; only if one number is requested.")
        Optional<Configuration> configuration) {

    /** How often one caller may call: calls in a sliding window. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "Rate")
    public record Rate(int calls, int windowSeconds) {

        /** Returns whether it allows at most as many calls, in the same time or longer. */
        boolean within(Rate granted) {
            return calls <= granted.calls && windowSeconds >= granted.windowSeconds;
        }

        static Rate of(CallRate rate) {
            return new Rate(rate.calls(), rate.windowSeconds());
        }

        @Override
        public String toString() {
            return calls + " calls in " + windowSeconds + " s";
        }
    }

    /** The layers of the configuration, each merged over the previous one (RFC 7396), and the result. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "Configuration")
    public record Configuration(
            @Schema(implementation = Map.class) ObjectNode suite,
            @Schema(implementation = Map.class) Optional<ObjectNode> organisation,
            @Schema(implementation = Map.class) Optional<ObjectNode> agentInstance,
            @Schema(implementation = Map.class, description = "What a call to the number gets.") ObjectNode merged) {}

    NumberView withConfiguration(Configuration given) {
        return new NumberView(
                phoneNumber, organisation, label, active, agentInstance, configOverride, maxConcurrentCalls, callerRate,
                announcement, ownConcurrentCalls, ownCallerRate, assignedBy, assignedAt, calls, Optional.of(given));
    }

    NumberView withCalls(int atThisMoment) {
        return new NumberView(
                phoneNumber, organisation, label, active, agentInstance, configOverride, maxConcurrentCalls, callerRate,
                announcement, ownConcurrentCalls, ownCallerRate, assignedBy, assignedAt, OptionalInt.of(atThisMoment), configuration);
    }

    /** Returns the number as its organisation sees it: without the admin who assigned it. */
    NumberView forTenant() {
        return new NumberView(
                phoneNumber, organisation, label, active, agentInstance, configOverride, maxConcurrentCalls, callerRate,
                announcement, ownConcurrentCalls, ownCallerRate, Optional.empty(), assignedAt, calls, configuration);
    }
}
