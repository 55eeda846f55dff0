package dev.trunkline.router.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.LiveCall;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some live calls, the oldest first, and their counts. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "LiveCalls")
public record LivePage(
        List<Call> calls,
        @Schema(description = "Where the next page begins: repeat the request with after=…; omitted on the last page.")
        Optional<String> next,
        @Schema(description = "Of all calls that match, not only of this page. Trial calls are not counted.")
        Counts counts,
        @Schema(description = "Everything that the limiter had published by then is included; a second ago or less while Kafka is read.")
        Instant readAt,
        @Schema(description = "false: Kafka is not being read at the moment, or there were more live calls than this router keeps"
                + " (100,000), so calls may be missing or already over.")
        boolean complete) {
    /** The most numbers, organisations and pools that are counted individually. */
    static final int MOST_COUNTED = 1_000;

    /** A call that holds a limiter slot. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "LiveCall")
    public record Call(
            @Schema(description = "As in every event and log line of the call; `./trunkline trace` takes it.") String callId,
            @Schema(description = "Name of the organisation.") String organisation,
            @Schema(description = "The called number; for a pattern, the number that was dialled.", examples = "+3225550100")
            String number,
            @Schema(description = "Name of the trunk that it came by; omitted for a call whose trunk was lost with Redis's data.")
            Optional<String> trunk,
            @Schema(description = "The pool of which it holds a session; omitted if its rule names no pool.") Optional<String> agentPool,
            @Schema(description = "When it was admitted.") Instant since,
            @Schema(description = "trial: made by a tool to check that the suite works, and not counted. Omitted for a call of"
                    + " a real caller.")
            Optional<CallPurpose> purpose) {

        static Call of(LiveCall call, String organisation) {
            return new Call(
                    call.callId().toString(), organisation, call.number(),
                    Optional.of(call.trunk().name()).filter(name -> !name.isEmpty()), call.agentPool(), call.admittedAt(),
                    call.purpose());
        }
    }

    /** How many calls there are, the highest count first in each list. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "LiveCounts")
    public record Counts(
            int calls,
            @Schema(description = "The 1,000 with the most calls.") List<Count> byNumber,
            @Schema(description = "The 1,000 with the most calls.") List<Count> byOrganisation,
            @Schema(description = "The 1,000 with the most calls; calls without a pool are not included.") List<Count> byAgentPool) {

        static Counts of(Collection<Call> calls) {
            List<Call> counted = calls.stream().filter(call -> call.purpose().isEmpty()).toList();
            return new Counts(
                    counted.size(),
                    by(counted, call -> Optional.of(call.number())),
                    by(counted, call -> Optional.of(call.organisation())),
                    by(counted, Call::agentPool));
        }

        private static List<Count> by(List<Call> calls, Function<Call, Optional<String>> name) {
            Map<String, Long> counts = calls.stream()
                    .flatMap(call -> name.apply(call).stream())
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            return counts.entrySet().stream()
                    .map(count -> new Count(count.getKey(), Math.toIntExact(count.getValue())))
                    .sorted(Comparator.comparingInt(Count::calls).reversed().thenComparing(Count::name))
                    .limit(MOST_COUNTED)
                    .toList();
        }
    }

    /** The number of calls of one number, organisation or pool. */
    @Schema(name = "LiveCount")
    public record Count(String name, int calls) {}

    /** @param found every requested call */
    static LivePage of(Collection<Call> found, LiveFilter filter, Instant readAt, boolean complete) {
        List<Call> rest = found.stream()
                .filter(call -> filter.after().filter(last -> call.callId().compareTo(last) <= 0).isEmpty())
                // Ids of calls are UUIDs of version 7: the oldest call has the lowest.
                .sorted(Comparator.comparing(Call::callId))
                .limit(filter.limit() + 1L)
                .toList();
        boolean more = rest.size() > filter.limit();
        List<Call> page = more ? rest.subList(0, filter.limit()) : rest;
        return new LivePage(
                List.copyOf(page), more ? Optional.of(page.getLast().callId()) : Optional.empty(), Counts.of(found), readAt,
                complete);
    }
}
