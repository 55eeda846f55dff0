package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.edge.call.LegFacts;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OutgoingLeg;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Begins calls out: those that are admitted in a partition of this edge. Used by the thread that reads the suite. */
public final class Legs {
    private static final Logger LOG = Logger.getLogger(Legs.class);

    private final CallParts parts;
    private final Calls calls;
    private final OwnedCallIds ids;

    public Legs(CallParts parts, Calls calls, OwnedCallIds ids) {
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
        Call.dial(new LegFacts(admitted.route(), leg, parts.tags().get(), envelope), parts, calls);
    }
}
