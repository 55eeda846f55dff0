package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.edge.call.CallFacts;
import dev.trunkline.edge.call.CallMachine;
import dev.trunkline.edge.call.Replies;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.sip.ServerTransaction;
import dev.trunkline.sip.message.OutgoingResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/** Answers requests without a call: with the edge's own decision and, if the suite is to know of it, an event. */
final class Refusals {
    private static final Logger LOG = Logger.getLogger(Refusals.class);

    private final CallParts parts;

    Refusals(CallParts parts) {
        this.parts = parts;
    }

    /** Every response but 100 has a tag (RFC 3261 section 8.2.6.2). */
    void answer(ServerTransaction transaction, OutgoingResponse reply) {
        transaction.respond(reply.toTag().isPresent() ? reply : reply.tagged(parts.tags().get()));
        parts.metrics().responded(reply.status());
    }

    /**
     * Refuses an INVITE that becomes no call, and publishes that: its {@code call.rejected} is its only event.
     *
     * @param detail for the log and, if there are steps, for the trace
     */
    void refuse(
            ServerTransaction transaction, CallFacts facts, RefusalReason reason, String detail, List<TraceStep> trace) {
        var refusal = CallRejected.of(
                facts.invite(), reason, OptionalInt.empty(), CallMachine.SERVICE, Optional.empty(), trace)
                .with(CallSummary.of(facts.invite(), parts.clock().instant()));
        // The caller gets the response whatever becomes of the event, and the suite gets the event whatever becomes of
        // the response.
        parts.faults()
                .guarded("refusal", () -> answer(transaction, Replies.refused(refusal, facts.dialog().localTag())))
                .run();
        parts.metrics().over(reason.code(), false);
        LOG.infof("%s over: %s, %s", CallLabel.of(refusal), reason.code(), detail);
        parts.faults()
                .guarded("refusal", () ->
                        parts.outbox().publish(parts.envelopes().first(refusal, Owners.edge(parts.edge()))))
                .run();
    }
}
