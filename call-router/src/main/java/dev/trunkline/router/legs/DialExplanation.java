package dev.trunkline.router.legs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TraceStep;
import dev.trunkline.router.dialling.DialDecision;
import dev.trunkline.router.gateways.DialledGateway;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What would become of an outbound call. Fields that a refusal does not have are left out. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DialExplanation(
        @Schema(description = "`dialled` or `refused`.") String outcome,
        Optional<RefusalReason> reason,
        OptionalInt status,
        Optional<String> sentence,
        String organisation,
        @Schema(description = "Name of the outbound trunk.") Optional<String> trunk,
        @Schema(description = "Gateways that would be tried, in this order; those of equal order share the calls by weight. Of the"
                + " suite's trunks only for admins.")
        Optional<List<DialledGateway>> gateways,
        @Schema(description = "The user part of the Request-URI.") Optional<String> dialled,
        @Schema(description = "The number that is shown, in the trunk's format; empty for none.") Optional<String> shown,
        Optional<Boolean> emergency,
        Optional<List<String>> codecs,
        Optional<SrtpUse> srtp,
        OptionalInt longestSeconds,
        List<TraceStep> trace,
        long directoryVersion) {

    /** @param gateways of the trunk; empty if the requester may not know them */
    static DialExplanation of(DialDecision decision, String organisation, Optional<List<DialledGateway>> gateways, long version) {
        return switch (decision) {
            case DialDecision.Refuse refusal -> new DialExplanation(
                    "refused", Optional.of(refusal.reason()), OptionalInt.of(refusal.reason().status()), Optional.of(refusal.detail()),
                    organisation, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.empty(), OptionalInt.empty(), refusal.trace(), version);
            case DialDecision.Dial dial -> new DialExplanation(
                    "dialled", Optional.empty(), OptionalInt.empty(), Optional.empty(), organisation, Optional.of(dial.trunk().name()),
                    gateways,
                    Optional.of(dial.user()), Optional.of(dial.callerId()), Optional.of(dial.emergency()), Optional.of(dial.trunk().codecs()),
                    Optional.of(dial.trunk().srtp()), dial.longestSeconds(), dial.trace(), version);
        };
    }
}
