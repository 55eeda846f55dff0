package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.call.LegFacts;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.SealedTargets;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Begins calls out, those that are admitted in a partition of this edge, and transfers of its calls. Used by the thread that reads the suite. */
public final class Legs {
    private static final Logger LOG = Logger.getLogger(Legs.class);

    private final CallParts parts;
    private final Calls calls;
    private final OwnedCallIds ids;
    private final SealedTargets targets;

    /** @param targets opens those of transfers */
    public Legs(CallParts parts, Calls calls, OwnedCallIds ids, SealedTargets targets) {
        this.targets = targets;
        this.parts = parts;
        this.calls = calls;
        this.ids = ids;
    }

    /** An admission of a call that this edge does not know, and that may be a call out. */
    void hear(Envelope envelope) {
        if (envelope.record() instanceof CallAdmitted admitted && admitted.route().outgoing().isPresent()
                && ids.owns(admitted.callId().toString())) {
            begin(envelope, admitted, admitted.route().outgoing().get());
        }
    }

    private void begin(Envelope envelope, CallAdmitted admitted, OutgoingLeg leg) {
        Instant end = admitted.route().invite().deadline().plusSeconds(leg.ringingSeconds());
        if (parts.clock().instant().isAfter(end)) {
            LOG.infof("%s is not dialled: it was admitted too long ago", CallLabel.of(envelope));
            return;
        }
        LOG.infof("%s goes out by trunk=%s for %s", CallLabel.of(envelope), admitted.route().invite().trunk().name(), leg.purpose().code());
        Call call = Call.dial(new LegFacts(admitted.route(), leg, parts.tags().get(), envelope), parts, calls);
        leg.parent().map(CallId::toString)
                // It ended while this one was on its way: nobody else will say so any more.
                .filter(parent -> calls.byKey(parent).isEmpty() && parts.lateRelays().remembers(parent))
                .ifPresent(parent -> call.on(new CallInput.PartnerLeft()));
        if (calls.partners().comesTooLate(call)) {
            call.on(new CallInput.AnsweredElsewhere());
        }
    }

    /** The router lets a transfer of a call of this edge be tried. */
    void hear(Call call, TransferStarted transfer) {
        if (transfer.way() == TransferWay.REFER) {
            call.on(new CallInput.Refer(transfer.transfer(), target(transfer)));
        } else {
            calls.partners().began(transfer);
        }
    }

    /** Nothing where it cannot be read: that is no target. */
    private String target(TransferStarted transfer) {
        try {
            return transfer.referTo().map(sealed -> targets.transfer(transfer.callId(), sealed).to()).orElse("");
        } catch (SealBrokenException e) {
            LOG.errorf("call=%s cannot be transferred: %s", transfer.callId(), e.getMessage());
            return "";
        }
    }

    /** The last event of a call that is not this edge's, or was refused before it could be. */
    void hearLast(Envelope envelope) {
        calls.partners().hear(envelope, parts, calls);
    }
}
