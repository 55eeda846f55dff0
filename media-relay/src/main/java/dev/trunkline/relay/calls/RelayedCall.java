package dev.trunkline.relay.calls;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.pin.PinEntry;
import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.relay.room.RoomEntry.Visit;
import dev.trunkline.relay.room.RoomMissingException;
import dev.trunkline.relay.room.SipParticipant;
import dev.trunkline.relay.sdp.Negotiation;
import dev.trunkline.relay.sdp.SdpWriter;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * One call of this relay, from its admission to its last event.
 *
 * <pre>
 *   JOINING --in the room--> UP --room or phone gone--> ENDING --the edge says so, or 3 s--> OVER
 *      |                     | ^                                                              ^
 *      |                     v | entered again                                                |
 *      |                   LOST ---not within 5 s--> ENDING                                   |
 *      |--no room: CallRejected; last event of the call; another relay has it-----------------'
 *      v
 *   BARRED, where a PIN is asked for --the right one--> JOINING;  --three wrong ones--> ENDING
 * </pre>
 *
 * Everything that happens to a call happens in its own queue, one thing after another; only audio goes by it.
 */
final class RelayedCall {
    private static final Logger LOG = Logger.getLogger(RelayedCall.class);

    private enum State {
        JOINING, BARRED, UP, LOST, ENDING, OVER
    }

    private final CallContext context;
    private final CallAdmitted admitted;
    private final CallVoice voice;
    private final Visit visit;
    private final PortPair ports;
    private final CallMedia media;
    private final Agreement agreement;
    private final CallRoom here;
    private final MediaLoop loop;
    private final SerialQueue queue;
    private final Runnable over;
    private final Optional<PinGate> gate;
    private final Keypad keypad;
    private final Renegotiation renegotiation;
    private final RoomAgents.Listeners listeners = new RoomAgents.Listeners();
    private final CompletableFuture<Void> settled = new CompletableFuture<>();

    private State state = State.JOINING;
    private long begun;
    private boolean confirmed;
    private Optional<Long> answeredAt = Optional.empty();

    /** @param over is run once, when nothing of the call is left */
    RelayedCall(CallContext context, TakenCall taken, Runnable over) {
        this.context = context;
        this.admitted = taken.admitted();
        this.voice = taken.voice();
        this.visit = taken.visit();
        this.ports = taken.ports();
        this.over = over;
        this.queue = new SerialQueue(visit.label(), context.threads());
        this.loop = context.loops().get();
        this.media = context.media().open(
                loop, ports,
                taken.agreed().map(Negotiation.Accepted::media).orElseGet(() -> Agreement.unanswered(context.offers())),
                taken.crypto().session(), Sources.trusted(admitted.route()),
                new PhoneEars(this, context, admitted, voice, queue));
        this.agreement = new Agreement(
                context.offers(), new SdpWriter(context.random().nextLong(), context.advertised(), ports.port()),
                taken.crypto(), media, taken.agreed());
        this.gate = taken.pin().map(entry -> new PinGate(visit.label(), entry, media, loop, queue, this::judged));
        this.here = new CallRoom(
                context.rooms(), visit, loop, media, queue, () -> new RoomEars(this, media), context.clock());
        this.keypad = new Keypad(admitted.callId(), gate, here, voice, context.sealer());
        this.renegotiation = new Renegotiation(
                admitted.callId(), agreement, voice, phone -> gate.isEmpty() || context.media().hearsKeys(phone), this::ready,
                this::end);
    }

    /** @return completes when the relay has the call or refused it: then its admission need not come again */
    CompletionStage<Void> begin() {
        if (gate.isPresent()) {
            here.check(this::awaitPin, this::notJoined);
        } else {
            enter();
        }
        loop.schedule(context.times().ringing(), () -> queue.execute(this::stillRinging));
        return settled;
    }

    CompletionStage<Void> settled() {
        return settled;
    }

    private void enter() {
        state = State.JOINING;
        begun = context.clock().millis();
        here.enter(() -> state == State.JOINING, this::joined, this::notJoined);
    }

    private void awaitPin() {
        if (state == State.JOINING) {
            LOG.infof("call=%s media ready: port %d, %s, before the PIN", callId(), ports.port(), agreement.codec());
            state = State.BARRED;
            voice.reply(ready()).whenComplete((done, failure) -> settled.complete(null));
        }
    }

    private void judged(PinEntry.Verdict verdict) {
        context.metrics().pinJudged(verdict == PinEntry.Verdict.LET_IN);
        if (state == State.BARRED && verdict == PinEntry.Verdict.LET_IN) {
            enter();
        } else if (state == State.BARRED) {
            end(EndReason.PIN_WRONG, "no try for the PIN is left");
        }
    }

    private void joined() {
        state = State.UP;
        long took = context.clock().millis() - begun;
        context.metrics().joined(Duration.ofMillis(took));
        LOG.infof("call=%s media ready: port %d, %s, in the room after %d ms",
                callId(), ports.port(), agreement.codec(), took);
        // What follows from the admission is said already where the caller had to enter a PIN.
        CompletionStage<Void> said = gate.isPresent() ? voice.say(ready()) : voice.reply(ready());
        said.whenComplete((done, failure) -> settled.complete(null));
        answeredAt.ifPresent(at -> here.status(SipParticipant.ACTIVE));
        sayAgent();
        playWaiting();
    }

    /** Who was answered before somebody came must not take the line for dead. */
    private void playWaiting() {
        if (answeredAt.isPresent() && state == State.UP && !listeners.answered()) {
            media.waiting(context.waiting());
        }
    }

    private MediaReady ready() {
        return new MediaReady(
                callId(), context.relay(), visit.room(), here.participantSid(), agreement.description(), agreement.codec(),
                agreement.revision());
    }

    private void notJoined(Throwable failure) {
        if (state != State.JOINING) {
            return;
        }
        boolean missing = RoomMissingException.isCauseOf(failure);
        if (missing) {
            LOG.infof("call=%s no room: it must exist already and does not", callId());
        } else {
            LOG.errorf("call=%s no room: %s", callId(), failure.getMessage());
        }
        context.metrics().noRoom(missing && answeredAt.isEmpty());
        if (answeredAt.isPresent()) {
            end(missing ? EndReason.ROOM_CLOSED : EndReason.LIVEKIT_LOST, "the room could not be entered");
            return;
        }
        voice.rejectWithoutRoom(missing);
        finish();
    }

    /** An event of this call, from the tail. */
    void heard(Envelope envelope) {
        queue.execute(() -> {
            switch (envelope.record()) {
                case MediaReady ready -> heard(ready);
                case MediaOffered offered when state != State.OVER -> renegotiation.take(envelope, offered);
                case DtmfReceived key when state != State.OVER -> key.sealedKey().ifPresent(keypad::told);
                case CallAnswered answered -> answered();
                case CallEnded ended -> last("call ended: " + ended.reason().code());
                case CallRejected rejected -> last("call rejected: " + rejected.reason().code());
                default -> {
                    // Of no concern to media.
                }
            }
        });
    }

    private void last(String what) {
        if (state != State.OVER) {
            LOG.infof("call=%s %s", callId(), what);
            finish();
        }
    }

    /** Of two relays that got the call, the one whose event stands first in the partition has it. */
    private void heard(MediaReady ready) {
        if (ready.relay().equals(context.relay())) {
            confirmed = true;
        } else if (!confirmed) {
            last("relay " + ready.relay() + " has the call");
        }
    }

    private void answered() {
        if (state == State.OVER || answeredAt.isPresent()) {
            return;
        }
        answeredAt = Optional.of(context.clock().millis());
        media.answered();
        here.status(SipParticipant.ACTIVE);
        if (state == State.BARRED) {
            gate.ifPresent(PinGate::begin);
        }
        playWaiting();
    }

    /** From {@link RoomEars}: somebody listens to the caller, or somebody came or changed since. */
    void listenedTo(RoomEars from, boolean now) {
        queue.execute(() -> {
            if (here.isCurrent(from)) {
                listeners.listening(now);
                sayAgent();
            }
        });
    }

    private void sayAgent() {
        if (state == State.UP) {
            long took = context.clock().millis() - begun;
            listeners.first(here.others()).ifPresent(agent -> {
                media.open();
                media.waiting(Optional.empty());
                LOG.infof("call=%s agent joined after %d ms", callId(), took);
                voice.reply(RoomAgents.joined(callId(), agent, took));
            });
        }
    }

    /** From {@link RoomEars}: the room is gone, and livekit-rtc could not bring it back. */
    void disconnected(RoomEars from, DisconnectReason reason) {
        queue.execute(() -> {
            if (!here.isCurrent(from) || state != State.UP) {
                return;
            }
            switch (reason) {
                case ROOM_DELETED, ROOM_CLOSED, PARTICIPANT_REMOVED -> end(EndReason.ROOM_CLOSED, "LiveKit: " + reason);
                case CLIENT_INITIATED, CLIENT_CLOSED -> end(EndReason.DRAINED, "the relay is stopping");
                default -> enterAgain(reason);
            }
        });
    }

    private void enterAgain(DisconnectReason reason) {
        LOG.warnf("call=%s the room is lost (%s), entering it again", callId(), reason);
        state = State.LOST;
        here.enterAgain(
                context.times().rejoin(), () -> state == State.LOST, this::back,
                () -> end(EndReason.LIVEKIT_LOST, "the room could not be entered again"));
    }

    private void back() {
        LOG.infof("call=%s is in its room again", callId());
        state = State.UP;
        answeredAt.ifPresent(at -> here.status(SipParticipant.ACTIVE));
    }

    /** For {@link PhoneEars}. */
    Keypad keypad() {
        return keypad;
    }

    /** Whether the call is to be kept alive. */
    boolean isAlive() {
        return switch (state) {
            case UP, LOST, BARRED -> true;
            case JOINING -> gate.isPresent();
            case ENDING, OVER -> false;
        };
    }

    private void stillRinging() {
        if (answeredAt.isEmpty()) {
            end(EndReason.EDGE_LOST, "the call was neither answered nor ended");
        }
    }

    /** The process stops and cannot keep the call. */
    void drain() {
        queue.execute(() -> end(EndReason.DRAINED, "the relay is stopping"));
    }

    void end(EndReason reason, String detail) {
        if (state == State.ENDING || state == State.OVER) {
            return;
        }
        LOG.infof("call=%s asking the edge for the end: %s, %s", callId(), reason.code(), detail);
        state = State.ENDING;
        gate.ifPresent(PinGate::shut);
        voice.askForEnd(reason, detail);
        loop.schedule(context.times().edgeReply(), () -> queue.execute(() -> {
            if (state == State.ENDING) {
                LOG.warnf("call=%s the edge did not answer, ending the call", callId());
                long duration = answeredAt.map(at -> context.clock().millis() - at).orElse(0L);
                voice.ended(reason, detail, answeredAt.isPresent(), duration, media.stats());
                finish();
            }
        }));
    }

    private void finish() {
        state = State.OVER;
        gate.ifPresent(PinGate::shut);
        settled.complete(null);
        here.leave();
        media.close(() -> context.ports().giveBack(ports.port()));
        over.run();
    }

    private CallId callId() {
        return admitted.callId();
    }
}
