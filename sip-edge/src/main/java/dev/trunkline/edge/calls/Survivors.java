package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.call.CallMachine;
import dev.trunkline.edge.call.CallStory;
import dev.trunkline.edge.call.JoinInput;
import dev.trunkline.edge.call.Session;
import dev.trunkline.edge.recovery.Recovery;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.TransferFailed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/** Takes up what an earlier process of this edge left behind. */
public final class Survivors {
    private static final Logger LOG = Logger.getLogger(Survivors.class);

    private static final int NO_DIALOG = 481;

    private final CallParts parts;
    private final Calls calls;
    private final Recovery recovery;

    public Survivors(CallParts parts, Calls calls, Recovery recovery) {
        this.parts = parts;
        this.calls = calls;
        this.recovery = recovery;
    }

    /**
     * To be called once, when the events of the past have been read and before SIP is open.
     *
     * @return calls whose callers do not know that they are over
     */
    public List<Recovery.CallEnding> takeUp() {
        Recovery.Found found = recovery.found(parts.clock().instant());
        found.goingOn().forEach(session -> contained(() -> {
            CallStory story = found.story(session.call());
            Call.resume(session, story, Optional.ofNullable(found.unattended().get(session.call())), parts,
                    calls);
            parts.metrics().callResumed();
            LOG.infof("%s taken up again", CallLabel.of(session.call(), story.known()));
        }));
        found.goingOn().forEach(session -> contained(() -> session.joint().ifPresent(joint -> widowed(session, joint))));
        found.lost().forEach(call -> contained(() -> lost(call, found.story(call.id()))));
        return found.unaware();
    }

    /** The call that it was joined with ended while nobody was there to say so. */
    private void widowed(Session session, Session.Joint joint) {
        if (calls.byKey(joint.with().toString()).isEmpty()) {
            calls.byKey(session.call().toString()).ifPresent(call -> call.on(
                    new JoinInput.Over(joint.transfer(), joint.with(), NO_DIALOG, "The other call is over.")));
        }
    }

    /** One call that cannot be taken up keeps none of the others from it. */
    private void contained(Runnable takingUp) {
        parts.faults().guarded("survivors", takingUp).run();
    }

    /** Tells callers that their call is over; SIP must be open. */
    public void hangUp(List<Recovery.CallEnding> unaware) {
        unaware.forEach(ending -> contained(() ->
                Call.resume(ending.session(), CallStory.NONE, Optional.empty(), parts, calls).on(new CallInput.Told(ending.ended()))));
    }

    /** Its caller heard no more of it than the earlier process said: it was over when that ended. */
    private void lost(Recovery.LostCall call, CallStory story) {
        var ended = new CallEnded(call.id(), CallMachine.SERVICE, EndReason.EDGE_LOST,
                "the edge was restarted before the call was answered", false, 0, Optional.empty());
        LOG.infof("%s over: %s", CallLabel.of(call.id(), story.known()), EndReason.EDGE_LOST.code());
        call.leg().ifPresent(leg -> leg.parent().ifPresent(parent -> leg.transfer().ifPresent(transfer -> calls.partners().tell(
                new TransferFailed(parent, transfer, Optional.of(leg.way()), Optional.of(call.id()), OptionalInt.empty(),
                        EndReason.EDGE_LOST.sentence(), List.of()),
                parts, calls))));
        CallEvent whole = story.closed(call.lastHeard()).complete(ended, parts.clock().instant());
        parts.outbox().publish(parts.envelopes().first(whole, call.owners()));
    }
}
