package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.SerialQueue;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.pin.PinEntry;
import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.relay.room.RoomJoiner.Visit;
import dev.trunkline.relay.room.RoomMissingException;
import dev.trunkline.relay.room.SipParticipant;
import dev.trunkline.rtc.DisconnectReason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
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
 * Everything that happens to a call happens in its own queue, one thing after another; only audio bypasses it. Anything thrown there ends
 * only that step. A call that was not established yet, or that keeps failing, is given up.
 */
final class RelayedCall {
    private static final Logger LOG = Logger.getLogger(RelayedCall.class);
    private static final String FAULT_DETAIL = "the relay's handling of the call kept failing";

    private final CallContext context;
    private final CallAdmitted admitted;
    private final CallLabel label;
    private final CallVoice voice;
    private final Visit visit;
    private final PortPair ports;
    private final CallMedia media;
    private final Agreement agreement;
    private final EarlyMedia early;
    private final CallRoom here;
    private final SerialQueue queue;
    private final Runnable over;
    private final Optional<PinGate> gate;
    private final Keypad keypad;
    private final Renegotiation renegotiation;
    private final EndRequest endRequest;
    private final CallFaults faults;
    private final Reception reception;
    private final Patience ringing;
    private final Claim claim;
    private final Transfers transfers;
    private final CallerHold hold;
    private final HandBack handBack;
    private final PartingHeaders parting;
    private final Forwards forwards;
    private final CallAnnouncer announcer;
    private final Preamble preamble;
    private final DialledKeys keys;
    private final Called called;
    private final CallNews news;
    private final FormerNews former;

    private CallState state = CallState.JOINING;
    private long begun;
    /** Answered, and the initial announcement has been played. */
    private boolean talks;

    /** @param over run once, when nothing of the call is left */
    RelayedCall(CallContext context, TakenCall taken, Runnable over) {
        this.context = context;
        this.admitted = taken.admitted();
        this.label = CallLabel.of(admitted);
        this.voice = taken.voice();
        this.visit = taken.visit();
        this.ports = taken.ports();
        this.over = over;
        this.claim = new Claim(context.relay());
        this.faults = new CallFaults(context.guards().faults());
        this.queue = new SerialQueue(context.threads(), this::faulted);
        CallParts parts = CallParts.of(this, context, taken, queue);
        this.media = parts.media();
        this.agreement = parts.agreement();
        this.early = new EarlyMedia(admitted.route(), taken.called().extras().dialTone(), media);
        this.called = taken.called();
        this.here = parts.here();
        this.reception = parts.reception();
        this.gate = parts.gate();
        this.keypad = parts.keypad();
        this.renegotiation = parts.renegotiation();
        this.transfers = parts.transfers();
        this.hold = parts.hold();
        this.handBack = parts.handBack();
        this.parting = parts.parting();
        this.forwards = parts.forwards();
        this.announcer = parts.announcer();
        this.preamble = parts.preamble();
        this.keys = parts.keys();
        this.news = new CallNews(this, claim, renegotiation, keypad, reception, transfers, forwards, hold, handBack);
        this.former = new FormerNews(taken.takeOver());
        this.ringing = parts.ringing();
        this.endRequest = parts.endRequest();
    }

    /** @return completes when the relay has the call or refused it: its admission then need not be delivered again */
    CompletionStage<Void> begin() {
        queue.execute(() -> {
            media.start();
            if (isAnswered()) {
                // Answered while another relay had the call.
                media.answered();
            } else {
                ringing.begin(
                        context.times().ringing(admitted.route()),
                        () -> end(EndReason.EDGE_LOST, "the call was neither answered nor ended"));
            }
            if (gate.isPresent()) {
                here.check(this::awaitPin, this::notJoined);
            } else {
                enter();
            }
        });
        return claim.settled();
    }

    CompletionStage<Void> settled() {
        return claim.settled();
    }

    private void enter() {
        state = CallState.JOINING;
        begun = context.clock().millis();
        here.enter(context.times().join(), () -> state == CallState.JOINING, this::joined, this::notJoined);
    }

    private void awaitPin() {
        if (state == CallState.JOINING) {
            LOG.infof("%s media ready: port %d, %s, before the PIN", label, ports.port(), agreement.codec());
            state = CallState.BARRED;
            claim.make(voice.reply(ready()));
        }
    }

    void judged(PinEntry.Verdict verdict) {
        context.metrics().pinJudged(verdict == PinEntry.Verdict.LET_IN);
        if (state == CallState.BARRED && verdict == PinEntry.Verdict.LET_IN) {
            enter();
        } else if (state == CallState.BARRED) {
            end(EndReason.PIN_WRONG, "no tries for the PIN are left");
        }
    }

    private void joined() {
        state = CallState.UP;
        long took = context.clock().millis() - begun;
        context.metrics().joined(Duration.ofMillis(took));
        LOG.infof("%s media ready: port %d, %s, in the room after %d ms",
                label, ports.port(), agreement.codec(), took);
        // If the caller had to enter a PIN, the event that follows from the admission has been published already.
        claim.make(gate.isPresent() ? voice.say(ready()) : voice.reply(ready()));
        early.begin(isAnswered());
        lookAround();
    }

    private boolean isAnswered() {
        return voice.whole().isAnswered();
    }

    MediaReady ready() {
        return new MediaReady(
                admitted.callId(), context.relay(), visit.room(), here.participantSid(), agreement.description(), agreement.codec(),
                agreement.revision());
    }

    private void notJoined(Throwable failure) {
        if (state != CallState.JOINING) {
            return;
        }
        boolean missing = RoomMissingException.isCauseOf(failure);
        if (missing) {
            LOG.infof("%s no room: it must already exist and does not", label);
        } else {
            LOG.errorf("%s no room: %s", label, failure.getMessage());
            context.metrics().joinFailed();
        }
        if (isAnswered()) {
            end(missing ? EndReason.ROOM_CLOSED : EndReason.LIVEKIT_LOST, "the room could not be joined");
            return;
        }
        refuse(
                missing ? RefusalReason.ROOM_MISSING : RefusalReason.LIVEKIT_UNAVAILABLE,
                () -> voice.rejectWithoutRoom(missing));
    }

    private void refuse(RefusalReason reason, Runnable said) {
        context.metrics().callRefused(reason);
        try {
            said.run();
        } finally {
            finish();
        }
    }

    /** An event of this call, from the tail. */
    void heard(Envelope envelope) {
        queue.execute(() -> {
            if (state != CallState.OVER && !former.has(envelope)) {
                news.take(envelope);
            }
        });
    }

    /** Its last event arrived and cannot be read. */
    void over() {
        queue.execute(() -> last("the call is over"));
    }

    /**
     * Another relay is asked to take over the call.
     *
     * @param asked revision of the offer that is requested from it
     * @return whether nothing of the call is left here; false if this relay was asked
     */
    CompletionStage<Boolean> letGo(int asked) {
        var done = new CompletableFuture<Boolean>();
        queue.execute(() -> {
            boolean former = asked > agreement.revision();
            if (former && state != CallState.OVER) {
                LOG.infof("%s another relay is asked to take it over", label);
                finish(here::letGo);
            }
            done.complete(former);
        });
        return done;
    }

    void last(String what) {
        if (state != CallState.OVER) {
            LOG.infof("%s %s", label, what);
            finish();
        }
    }

    /** The party called is ringing. */
    void rings() {
        if (!isAnswered()) {
            here.status(SipParticipant.RINGING);
        }
    }

    void answered(Envelope said, CallAnswered answered) {
        if (isAnswered()) {
            return;
        }
        voice.whole().answered(said.time());
        ringing.end();
        early.end();
        media.answered();
        here.attributes(called.attributes(answered));
        parting.changed();
        renegotiation.tellHold(said);
        if (state == CallState.BARRED) {
            gate.ifPresent(PinGate::begin);
        }
        if (state == CallState.LOST) {
            reception.lost();
        }
        lookAround();
    }

    /** From {@link RoomEars}: somebody listens to the caller, came or left; the reception is told. */
    void inTheRoom(RoomEars from, Consumer<Reception> what) {
        whileIn(from, () -> {
            what.accept(reception);
            lookAround();
        });
    }

    /** Runs this in the queue, unless that stay in the room is over. */
    void whileIn(RoomEars from, Runnable what) {
        queue.execute(() -> {
            if (here.isCurrent(from) && state != CallState.OVER) {
                what.run();
            }
        });
    }

    /** Who answers may have changed. */
    void lookAround() {
        if (state == CallState.UP) {
            reception.look(context.clock().millis() - begun);
            hold.look(reception.isAlone());
            handBack.look();
        }
        if (state == CallState.UP && isAnswered() && !talks) {
            preamble.begin(() -> keys.begin(this::talk));
        }
    }

    /** A participant that waits for the call to become active may speak from now on. */
    private void talk() {
        talks = true;
        if (state != CallState.OVER) {
            here.status(SipParticipant.ACTIVE);
        }
    }

    /** From {@link RoomEars}: the room is gone, and livekit-rtc could not bring it back. */
    void disconnected(RoomEars from, DisconnectReason reason) {
        queue.execute(() -> {
            if (!here.isCurrent(from) || state != CallState.UP) {
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
        LOG.warnf("%s the room is lost (%s), rejoining it", label, reason);
        state = CallState.LOST;
        reception.lost();
        here.enterAgain(
                reason, context.times().rejoin(), () -> state == CallState.LOST, this::back,
                () -> end(EndReason.LIVEKIT_LOST, "the room could not be rejoined"));
    }

    private void back() {
        LOG.infof("%s is back in its room", label);
        state = CallState.UP;
        reception.enteredAgain();
        lookAround();
    }

    /** Nobody who answers the caller is left. */
    void deserted() {
        transfers.deserted();
        handBack.deserted();
    }

    /** For {@link PhoneEars}. */
    Keypad keypad() {
        return keypad;
    }

    /** For {@link RoomEars}. */
    Transfers transfers() {
        return transfers;
    }

    /** For {@link RoomEars}. */
    CallerHold hold() {
        return hold;
    }

    /** For {@link RoomEars}. */
    HandBack handBack() {
        return handBack;
    }

    /** For {@link RoomEars}. */
    PartingHeaders parting() {
        return parting;
    }

    /** Returns whether it is in its room, or about to be there again, and is not ending. */
    boolean isInRoom() {
        return state == CallState.UP || state == CallState.LOST;
    }

    /** Returns whether it was also answered. */
    boolean isTalk() {
        return isAnswered() && isInRoom();
    }

    /** Returns whether the call is to be kept alive. */
    boolean isAlive() {
        return state.isAlive(gate.isPresent());
    }

    /** The process stops, and the time that calls had to end by themselves has expired. */
    void shutDown() {
        queue.execute(() -> end(EndReason.SHUTDOWN, "the relay is stopping, and the call lasted too long"));
    }

    void end(EndReason reason, String detail) {
        if (!state.isEnding()) {
            LOG.infof("%s asking the edge to end the call: %s, %s", label, reason.code(), detail);
            state = CallState.ENDING;
            gate.ifPresent(PinGate::shut);
            forwards.close();
            endRequest.ask(reason, detail, () -> unanswered(reason, detail));
        }
    }

    private void unanswered(EndReason reason, String detail) {
        if (state == CallState.ENDING) {
            LOG.warnf("%s the edge did not answer, ending the call", label);
            try {
                voice.ended(reason, detail, media.stats());
            } finally {
                finish();
            }
        }
    }

    /** A task of the queue threw; called between that task and the next. */
    private void faulted(Throwable fault) {
        // Before the edge knows of the call, nobody else would ever continue it.
        if (faults.tooMany(fault) || state == CallState.JOINING || !claim.isMade()) {
            giveUp();
        }
    }

    /** The call's own handling or media keeps failing: it ends, so that nothing of it is left. */
    void giveUp() {
        switch (state) {
            case JOINING -> {
                if (isAnswered()) {
                    end(EndReason.RELAY_LOST, FAULT_DETAIL);
                } else {
                    refuse(RefusalReason.SUITE_FULL, voice::rejectAsFailed);
                }
            }
            case BARRED, UP, LOST -> end(EndReason.RELAY_LOST, FAULT_DETAIL);
            case ENDING, OVER -> {
                // The edge is asked already, or has responded.
            }
        }
    }

    /** Releases everything, each thing independently: one that throws does not prevent the others. */
    private void finish() {
        finish(here::leave);
    }

    /** @param leaving leaves the room */
    private void finish(Runnable leaving) {
        if (state == CallState.OVER) {
            return;
        }
        state = CallState.OVER;
        faults.releasing(
                () -> gate.ifPresent(PinGate::shut), ringing::end, endRequest::cancel,
                reception::close, handBack::close, transfers::close, forwards::close, keys::close, announcer::close, leaving,
                () -> media.close(() -> context.ports().giveBack(ports.port())), over,
                claim::drop);
    }
}
