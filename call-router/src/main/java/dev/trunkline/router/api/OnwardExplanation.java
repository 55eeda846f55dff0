package dev.trunkline.router.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.router.gateways.DialledGateway;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What would become of one target of a forward or fallback. The caller's number, which may be shown there, is not in
 * it.
 *
 * @param at {@code round 1} of a forward, or {@code fallback 2}
 * @param to as the rule or the webhook writes it
 * @param ringingSeconds how long it may ring
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record OnwardExplanation(
        String at,
        String to,
        int ringingSeconds,
        @Schema(description = "`dialled` or `refused`.") String outcome,
        Optional<RefusalReason> reason,
        @Schema(description = "Why it is refused, and what to do.") Optional<String> sentence,
        @Schema(description = "Name of the outbound trunk.") Optional<String> outboundTrunk,
        @Schema(description = "Gateways that would be tried, in this order. Of the suite's trunks only for admins.")
        Optional<List<DialledGateway>> gateways,
        @Schema(description = "The user part of the Request-URI.") Optional<String> dialled,
        List<TraceStep> trace) {}
