package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallLabel;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.CompleteTransfer;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.codec.Envelopes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** Publishes what the relay says about one call, with the call's owners in each event. */
final class CallVoice {
    static final String SERVICE = "media-relay";
    private static final Logger LOG = Logger.getLogger(CallVoice.class);

    private final CallEventPublisher publisher;
    private final Envelopes envelopes;
    private final Envelope admission;
    private final CallAdmitted admitted;
    private final String relay;
    private final Owners owners;
    private final Clock clock;
    private final WholeCall whole;
    private final Optional<TakeOver> takeOver;

    /** @param admission which asked the relay to take the call */
    CallVoice(
            CallEventPublisher publisher,
            Envelopes envelopes,
            Envelope admission,
            CallAdmitted admitted,
            String relay,
            Clock clock,
            Optional<TakeOver> takeOver) {
        this.takeOver = takeOver;
        this.publisher = publisher;
        this.envelopes = envelopes;
        this.admission = admission;
        this.admitted = admitted;
        this.relay = relay;
        this.owners = admission.owners().withRelay(relay);
        this.clock = clock;
        this.whole = new WholeCall(admitted.route());
        takeOver.ifPresent(known -> whole.answered(known.answeredAt()));
    }

    /** Returns what is known about the whole call. */
    WholeCall whole() {
        return whole;
    }

    /** Returns this relay's id. */
    String relay() {
        return relay;
    }

    /** Publishes an event that follows from the admission. */
    CompletionStage<Void> reply(CallRecord record) {
        return reply(admission, record);
    }

    CompletionStage<Void> reply(Envelope cause, CallRecord record) {
        return publish(envelopes.reply(cause, record, owners));
    }

    /** Publishes an event that happened by itself. */
    CompletionStage<Void> say(CallRecord record) {
        return publish(envelopes.first(record, owners));
    }

    /**
     * @param first whether it is the first in the call: it then follows from the admission, and is the same event if that is handled twice
     */
    CompletionStage<Void> joined(AgentJoined joined, boolean first) {
        whole.by(joined.agent());
        return first ? reply(joined) : say(joined);
    }

    /** Rejects the call. A call that is already established is not refused any more: its edge is told, and ends it. */
    CompletionStage<Void> reject(RefusalReason reason, List<TraceStep> steps) {
        if (takeOver.isPresent()) {
            return reply(new MediaRefused(
                    admitted.callId(), relay, takeOver.get().revision(), reason, steps.getLast().detail()));
        }
        InviteReceived invite = admitted.route().invite();
        var trace = new ArrayList<>(admitted.route().trace());
        trace.addAll(steps);
        return reply(CallRejected.of(
                        invite, reason, OptionalInt.empty(), SERVICE, Optional.of(admitted.route().organisation()), trace)
                .with(whole.refused(clock.instant())));
    }

    /** @param missing whether the room must exist and does not; otherwise LiveKit was not reached, or did not admit the call */
    CompletionStage<Void> rejectWithoutRoom(boolean missing) {
        return missing
                ? reject(RefusalReason.ROOM_MISSING, List.of(new TraceStep(
                        "room-missing", "The room does not exist: create it before the call, or let the rule create it.")))
                : reject(RefusalReason.LIVEKIT_UNAVAILABLE, List.of(
                        new TraceStep("room-unreachable", "The room in LiveKit could not be joined.")));
    }

    /** Rejects a call whose own handling failed before it was established. */
    CompletionStage<Void> rejectAsFailed() {
        return reject(RefusalReason.SUITE_FULL, List.of(
                new TraceStep("relay-fault", "The media relay could not handle the call; its other calls continue.")));
    }

    /** @param sealedHeaders of the BYE; empty if there are none that the edge does not know */
    CompletionStage<Void> askForEnd(EndReason reason, String detail, Optional<String> sealedHeaders) {
        return say(new EndCall(admitted.callId(), reason, SERVICE, detail, whole.mediaUntil(), sealedHeaders));
    }

    /** Asks the edge to end an outbound call that is made for this one. */
    CompletionStage<Void> askForEndOf(CallId leg, EndReason reason, String detail) {
        return say(new EndCall(leg, reason, SERVICE, detail));
    }

    /** Asks the edge to join this call's caller with the party of an outbound call. */
    CompletionStage<Void> askToJoin(CallId leg, String transfer) {
        return say(new CompleteTransfer(leg, transfer, SERVICE));
    }

    /** Publishes the last event of a call whose edge is gone. */
    CompletionStage<Void> ended(EndReason reason, String detail, MediaStats stats) {
        CallSummary summary = whole.ended(clock.instant(), stats);
        return say(new CallEnded(
                        admitted.callId(), SERVICE, reason, detail, whole.isAnswered(), summary.talkMillis(), Optional.of(stats))
                .with(summary));
    }

    private CompletionStage<Void> publish(Envelope envelope) {
        return publisher.publish(envelope).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.errorf("%s %s could not be published: %s",
                        CallLabel.of(admitted), envelope.record().getClass().getSimpleName(), failure.getMessage());
            }
        });
    }
}
