package dev.trunkline.router.legs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.TrunkGateway;
import dev.trunkline.router.dialling.DialDecision;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What would become of a call out. Fields that a refusal has not are left out. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DialExplanation(
        @Schema(description = "`dialled` or `refused`.") String outcome,
        Optional<RefusalReason> reason,
        OptionalInt status,
        Optional<String> sentence,
        String organisation,
        @Schema(description = "Name of the outbound trunk.") Optional<String> trunk,
        @Schema(description = "Where it would be tried, in this order; of those of one order each has the share of its weight. Of the"
                + " suite's trunks for admins alone.")
        Optional<List<Gateway>> gateways,
        @Schema(description = "What stands in the Request-URI as user.") Optional<String> dialled,
        @Schema(description = "The number that is shown, as the trunk wants it; empty for none.") Optional<String> shown,
        Optional<Boolean> emergency,
        Optional<List<String>> codecs,
        Optional<SrtpUse> srtp,
        OptionalInt longestSeconds,
        List<TraceStep> trace,
        long directoryVersion) {

    /** One place of the trunk. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "DialledGateway")
    public record Gateway(
            String host,
            OptionalInt port,
            Optional<String> transport,
            int order,
            int weight,
            @Schema(description = "Whether it answers OPTIONS of some edge; left out where no edge has said so lately.") Optional<Boolean> up) {

        private static Gateway of(TrunkGateway gateway, Map<String, Boolean> standing) {
            Optional<Boolean> up = Optional.ofNullable(standing.get(name(gateway)));
            return new Gateway(gateway.host(), gateway.port(), gateway.transport(), gateway.order(), gateway.weight(), up);
        }

        /** As edges name it in what they say of it. */
        private static String name(TrunkGateway gateway) {
            String host = gateway.host().contains(":") ? "[" + gateway.host() + "]" : gateway.host();
            return host + (gateway.port().isPresent() ? ":" + gateway.port().getAsInt() : "")
                    + gateway.transport().map(transport -> ";transport=" + transport).orElse("");
        }
    }

    /** @param standing which gateways answer; empty where whoever asks may not know them */
    static DialExplanation of(DialDecision decision, String organisation, Optional<Map<String, Boolean>> standing, long version) {
        return switch (decision) {
            case DialDecision.Refuse refusal -> new DialExplanation(
                    "refused", Optional.of(refusal.reason()), OptionalInt.of(refusal.reason().status()), Optional.of(refusal.detail()),
                    organisation, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.empty(), OptionalInt.empty(), refusal.trace(), version);
            case DialDecision.Dial dial -> new DialExplanation(
                    "dialled", Optional.empty(), OptionalInt.empty(), Optional.empty(), organisation, Optional.of(dial.trunk().name()),
                    standing.map(states -> dial.trunk().gateways().stream()
                            .sorted(Comparator.comparingInt(TrunkGateway::order))
                            .map(gateway -> Gateway.of(gateway, states))
                            .toList()),
                    Optional.of(dial.user()), Optional.of(dial.callerId()), Optional.of(dial.emergency()), Optional.of(dial.trunk().codecs()),
                    Optional.of(dial.trunk().srtp()), dial.longestSeconds(), dial.trace(), version);
        };
    }
}
