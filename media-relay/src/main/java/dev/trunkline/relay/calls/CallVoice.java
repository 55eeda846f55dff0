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

/** What the relay says about one call, with the call's owners on it. */
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

    /** @param admission by which the relay was asked to take the call */
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

    /** What is known of the whole call. */
    WholeCall whole() {
        return whole;
    }

    /** This relay's id. */
    String relay() {
        return relay;
    }

    /** Follows from the admission. */
    CompletionStage<Void> reply(CallRecord record) {
        return reply(admission, record);
    }

    CompletionStage<Void> reply(Envelope cause, CallRecord record) {
        return publish(envelopes.reply(cause, record, owners));
    }

    /** Happened by itself. */
    CompletionStage<Void> say(CallRecord record) {
        return publish(envelopes.first(record, owners));
    }

    /** @param first in the call: then it follows from the admission, and is the same event if that is handled twice */
    CompletionStage<Void> joined(AgentJoined joined, boolean first) {
        whole.by(joined.agent());
        return first ? reply(joined) : say(joined);
    }

    /** A call that is up already is not refused any more: its edge is told, and ends it. */
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

    /** @param missing it must exist already and does not; otherwise LiveKit was not reached, or did not let the call in */
    CompletionStage<Void> rejectWithoutRoom(boolean missing) {
        return missing
                ? reject(RefusalReason.ROOM_MISSING, List.of(new TraceStep(
                        "room-missing", "The room is not there: make it before the call, or let the rule make it.")))
                : reject(RefusalReason.LIVEKIT_UNAVAILABLE, List.of(
                        new TraceStep("room-unreachable", "LiveKit took no participant.")));
    }

    /** The call's own handling failed before it was up. */
    CompletionStage<Void> rejectAsFailed() {
        return reject(RefusalReason.SUITE_FULL, List.of(
                new TraceStep("relay-fault", "The media relay could not handle the call; others go on.")));
    }

    /** @param sealedHeaders of the BYE; empty for none that the edge does not know */
    CompletionStage<Void> askForEnd(EndReason reason, String detail, Optional<String> sealedHeaders) {
        return say(new EndCall(admitted.callId(), reason, SERVICE, detail, whole.mediaUntil(), sealedHeaders));
    }

    /** The edge is asked to end a call out that is made for this one. */
    CompletionStage<Void> askForEndOf(CallId leg, EndReason reason, String detail) {
        return say(new EndCall(leg, reason, SERVICE, detail));
    }

    /** The edge is asked to join this one's caller with whom a call out was made to. */
    CompletionStage<Void> askToJoin(CallId leg, String transfer) {
        return say(new CompleteTransfer(leg, transfer, SERVICE));
    }

    /** The last event of a call whose edge is gone. */
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
