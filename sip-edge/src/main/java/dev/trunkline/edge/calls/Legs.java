package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.call.LegFacts;
import dev.trunkline.edge.dialog.CallTag;
import dev.trunkline.edge.outbound.FurtherHeaders;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.TransferTarget;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Begins outbound calls, and transfers of this edge's calls. Used by the thread that reads the suite.
 *
 * <pre>
 *   an outbound call                             is placed by
 *   placed for the caller of another call        the edge that has that call, wherever their partition is now
 *   whose other call ended at this edge          this edge, which knows of that end and ends it at once
 *   without a parent                             the owner of its partition
 * </pre>
 *
 * So exactly one edge places the call, also while the partition changes hands: an edge that has a call reads its partition
 * until it is over.
 */
public final class Legs {
    private static final Logger LOG = Logger.getLogger(Legs.class);

    /** What was left of the deadline when it was admitted, by clocks other than this edge's; about as long as routers set it. */
    private static final Duration DECIDED = Duration.ofSeconds(5);

    private static final TransferTarget NOBODY = new TransferTarget("");

    private final CallParts parts;
    private final Calls calls;
    private final OwnedCallIds ids;
    private final SealedTargets targets;
    private final RecordAges ages;

    /**
     * @param targets opens those of transfers
     * @param ages of the admissions that are read here
     */
    public Legs(CallParts parts, Calls calls, OwnedCallIds ids, SealedTargets targets, RecordAges ages) {
        this.ages = ages;
        this.targets = targets;
        this.parts = parts;
        this.calls = calls;
        this.ids = ids;
    }

    /** Handles an admission of a call that this edge does not know, and that may be an outbound call. */
    void hear(Envelope envelope) {
        if (envelope.record() instanceof CallAdmitted admitted && admitted.route().outgoing().isPresent()) {
            OutgoingLeg leg = admitted.route().outgoing().get();
            if (leg.parent().map(this::knows).orElseGet(() -> ids.owns(admitted.callId().toString()))) {
                begin(envelope, admitted, leg);
            }
        }
    }

    private boolean knows(CallId parent) {
        String key = parent.toString();
        return calls.byKey(key).isPresent() || parts.lateRelays().remembers(key);
    }

    private void begin(Envelope envelope, CallAdmitted admitted, OutgoingLeg leg) {
        if (ages.of(envelope.time()).compareTo(DECIDED.plusSeconds(leg.ringingSeconds())) > 0) {
            LOG.infof("%s is not dialled: it was admitted too long ago", CallLabel.of(envelope));
            return;
        }
        LOG.infof("%s is dialled through trunk=%s for %s", CallLabel.of(envelope),
                admitted.route().invite().trunk().name(), leg.purpose().code());
        Call call = Call.dial(new LegFacts(admitted.route(), leg, CallTag.of(parts.tags().get(), admitted.callId()), envelope), parts, calls);
        leg.parent().map(CallId::toString)
                // The parent ended while this leg was on its way: no other service will report that any more.
                .filter(parent -> calls.byKey(parent).isEmpty() && parts.lateRelays().remembers(parent))
                .ifPresent(parent -> call.on(new CallInput.PartnerLeft()));
        if (calls.partners().comesTooLate(call)) {
            call.on(new CallInput.AnsweredElsewhere());
        }
    }

    /** Handles the router's permission for a transfer of a call of this edge. */
    void hear(Call call, TransferStarted transfer) {
        if (transfer.way() == TransferWay.REFER) {
            TransferTarget target = target(transfer);
            // What a phone wanted of the INVITE, such as Replaces, would have another meaning in a REFER.
            call.on(new CallInput.Refer(transfer.transfer(), target.to(), FurtherHeaders.ofDialog(target.headers())));
        } else {
            calls.partners().began(transfer);
        }
    }

    /** Returns an invalid target if it cannot be read. */
    private TransferTarget target(TransferStarted transfer) {
        try {
            return transfer.referTo().map(sealed -> targets.transfer(transfer.callId(), sealed)).orElse(NOBODY);
        } catch (SealBrokenException e) {
            LOG.errorf("call=%s cannot be transferred: %s", transfer.callId(), e.getMessage());
            return NOBODY;
        }
    }

    /** Handles the last event of a call that is not this edge's, or was refused before it could be. */
    void hearLast(Envelope envelope) {
        calls.partners().hear(envelope, parts, calls);
    }
}
