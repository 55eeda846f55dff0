package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.call.CallMachine;
import dev.trunkline.edge.call.CallStory;
import dev.trunkline.edge.call.JoinInput;
import dev.trunkline.edge.call.Replies;
import dev.trunkline.edge.call.Session;
import dev.trunkline.edge.dialog.SealedHeads;
import dev.trunkline.edge.recovery.Recovery;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.net.PacketSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/** Resumes what an earlier process of this edge left behind. */
public final class Survivors {
    private static final Logger LOG = Logger.getLogger(Survivors.class);

    private static final int NO_DIALOG = 481;
    /** A caller who has heard nothing for that long has given up (RFC 3261 section 16.6, Timer C: three minutes, from each response on). */
    private static final Duration RINGING = Duration.ofMinutes(5);

    private final CallParts parts;
    private final Calls calls;
    private final Recovery recovery;
    private final SealedHeads heads;
    private final Wire wire;

    /** Answers requests that the earlier process received. */
    public interface Wire {
        /** See {@link dev.trunkline.sip.SipStack#answerInstead}. */
        void answerInstead(byte[] request, PacketSource source, OutgoingResponse reply);
    }

    /**
     * The callers who are still to be told.
     *
     * @param over calls whose callers do not know that they are over
     * @param ringing INVITEs without a final response, of calls that are over
     */
    public record Unaware(List<Recovery.CallEnding> over, List<InviteReceived> ringing) {}

    public Survivors(CallParts parts, Calls calls, Recovery recovery, SealedHeads heads, Wire wire) {
        this.parts = parts;
        this.calls = calls;
        this.recovery = recovery;
        this.heads = heads;
        this.wire = wire;
    }

    /**
     * To be called once, when the events of the past have been read and before SIP is open.
     *
     * @return to be passed to {@link #tell}
     */
    public Unaware takeUp() {
        Recovery.Found found = recovery.found(parts.clock().instant());
        found.goingOn().forEach(session -> contained(() -> {
            CallStory story = found.story(session.call());
            Call.resume(session, story, Optional.ofNullable(found.unattended().get(session.call())), parts,
                    calls);
            parts.metrics().callResumed();
            LOG.infof("%s resumed", CallLabel.of(session.call(), story.known()));
        }));
        found.goingOn().forEach(session -> contained(() -> session.joint().ifPresent(joint -> widowed(session, joint))));
        found.unheard().forEach(letter -> contained(() -> calls.byKey(letter.callId().toString()).ifPresent(call -> call.on(letter))));
        found.lost().forEach(call -> contained(() -> lost(call, found.story(call.id()))));
        Instant longest = parts.clock().instant().minus(RINGING);
        return new Unaware(found.unaware(), found.lost().stream()
                .flatMap(call -> call.invite().stream())
                .filter(invite -> invite.receivedAt().isAfter(longest))
                .toList());
    }

    /** The call with which it was connected ended while no process was there to report it. A call of another edge reports it itself. */
    private void widowed(Session session, Session.Joint joint) {
        if (joint.edge().isEmpty() && calls.byKey(joint.with().toString()).isEmpty()) {
            calls.byKey(session.call().toString()).ifPresent(call -> call.on(
                    new JoinInput.Over(joint.transfer(), joint.with(), NO_DIALOG, "The other call is over.")));
        }
    }

    /** A call that cannot be resumed does not prevent the others from being resumed. */
    private void contained(Runnable takingUp) {
        parts.faults().guarded("survivors", takingUp).run();
    }

    /** Tells callers that their call is over; SIP must be open. */
    public void tell(Unaware unaware) {
        unaware.over().forEach(ending -> contained(() ->
                Call.resume(ending.session(), CallStory.NONE, Optional.empty(), parts, calls).on(new CallInput.Told(ending.ended()))));
        unaware.ringing().forEach(invite -> contained(() -> invite.sealedHead().ifPresent(head -> refuse(invite, head))));
    }

    /** With the tag that the earlier process gave the dialog: it is in the head. */
    private void refuse(InviteReceived invite, String head) {
        OutgoingResponse reply = Replies.ended(EndReason.EDGE_LOST, "");
        wire.answerInstead(heads.open(invite.callId(), head), PacketSource.ofDatagram(invite.source()), reply);
        parts.metrics().responded(reply.status());
    }

    /** Its caller heard no more than the earlier process sent: the call was over when that process ended. */
    private void lost(Recovery.LostCall call, CallStory story) {
        var ended = new CallEnded(call.id(), CallMachine.SERVICE, EndReason.EDGE_LOST,
                "the edge was restarted before the call was answered", false, 0, Optional.empty());
        parts.metrics().over(EndReason.EDGE_LOST.code(), false);
        call.leg().ifPresent(leg -> parts.metrics().legOver(EndReason.EDGE_LOST.code(), false));
        LOG.infof("%s over: %s", CallLabel.of(call.id(), story.known()), EndReason.EDGE_LOST.code());
        call.leg().ifPresent(leg -> leg.parent().ifPresent(parent -> leg.transfer().ifPresent(transfer -> calls.partners().tell(
                new TransferFailed(parent, transfer, Optional.of(leg.way()), Optional.of(call.id()), OptionalInt.empty(),
                        EndReason.EDGE_LOST.sentence(), List.of()),
                parts, calls))));
        CallEvent whole = story.closed(call.lastHeard()).complete(ended, parts.clock().instant());
        parts.outbox().publish(parts.envelopes().first(whole, call.owners()));
    }
}
