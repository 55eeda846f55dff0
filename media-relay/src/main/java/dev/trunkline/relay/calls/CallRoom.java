package dev.trunkline.relay.calls;

import dev.trunkline.bus.SerialQueue;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.room.RoomJoiner;
import dev.trunkline.relay.room.RoomJoiner.Visit;
import dev.trunkline.relay.room.SipParticipant;
import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.loop.LoopTimer;
import dev.trunkline.rtc.loop.MediaLoop;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** A call's place in its room: entered once, and again after it was lost. Used in the call's queue only. */
final class CallRoom {
    private static final Logger LOG = Logger.getLogger(CallRoom.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);
    /** livekit-server announces a participant who publishes nothing after 3 s at the latest. */
    private static final Duration TOLD_BY = Duration.ofMillis(3_500);

    /** By then another relay has entered in this one's place, or none will. */
    private static final Duration REPLACED_BY = Duration.ofSeconds(20);

    private final RoomJoiner entry;
    private final Visit visit;
    private final MediaLoop loop;
    private final CallMedia media;
    private final SerialQueue queue;
    private final Supplier<RoomEars> newEars;
    private final Clock clock;
    private Optional<LoopTimer> timer = Optional.empty();
    private Optional<Room> room = Optional.empty();
    /** Participants listed by LiveKit's room service; the room may not have announced them to us yet. */
    private List<RemoteParticipant> listed = List.of();
    private Optional<LoopTimer> listedUntil = Optional.empty();
    private Optional<RoomEars> ears = Optional.empty();
    /** The attributes that were set last: a participant that enters again has those of its token. */
    private final Map<String, String> told = new HashMap<>();
    /** Our participant's attributes, whoever set them, as last reported by the room. */
    private Map<String, String> had = Map.of();
    /** Those of an earlier stay that differ from the join, until they are set again: LiveKit forgets them when the stay ends. */
    private Map<String, String> kept = Map.of();

    CallRoom(
            RoomJoiner entry,
            Visit visit,
            MediaLoop loop,
            CallMedia media,
            SerialQueue queue,
            Supplier<RoomEars> newEars,
            Clock clock) {
        this.entry = entry;
        this.visit = visit;
        this.loop = loop;
        this.media = media;
        this.queue = queue;
        this.newEars = newEars;
        this.clock = clock;
    }

    /** Checks whether the room can be entered, as far as that can be known in advance. */
    void check(Runnable fine, Consumer<Throwable> failed) {
        entry.check(visit).whenComplete((done, failure) -> queue.execute(() -> {
            if (failure == null) {
                fine.run();
            } else {
                failed.accept(failure);
            }
        }));
    }

    /**
     * Enters the room.
     *
     * @param atMost after this the call is told that there is no room; if the room is entered later, it is left at once
     * @param wanted whether the call still wants to be in the room when it has been entered
     * @param entered run in the queue when the call is in the room
     * @param failed called in the queue with the reason why there is no room; may be called twice
     */
    void enter(Duration atMost, BooleanSupplier wanted, Runnable entered, Consumer<Throwable> failed) {
        timer = Optional.of(loop.schedule(atMost, () -> queue.execute(() -> {
            if (wanted.getAsBoolean()) {
                failed.accept(new TimeoutException("the room was not joined within " + atMost.toMillis() + " ms"));
            }
        })));
        entry.enter(visit, loop, this::ears).whenComplete((joined, failure) -> queue.execute(() -> {
            if (failure == null) {
                occupy(joined, wanted, entered);
            } else {
                failed.accept(failure);
            }
        }));
    }

    /** The room is lost for this reason: tries to enter it again, for at most this long. */
    void enterAgain(DisconnectReason reason, Duration atMost, BooleanSupplier wanted, Runnable entered, Runnable failed) {
        Optional<String> identity = room.map(Room::localIdentity).filter(ours -> keepsIdentity(reason));
        room = Optional.empty();
        forgetListed();
        media.detach();
        kept = otherwise(attributes(), visit.participant().attributes());
        tryAgain(identity, clock.millis() + atMost.toMillis(), wanted, entered, failed);
    }

    /**
     * Returns whether the caller enters again under the identity that it had, by which agents know it. LiveKit itself asks a client to
     * join anew, for example when a negotiation of its own has failed, and has closed the earlier session by then. After any other
     * loss the identity may belong to somebody else, or LiveKit may still have a session of ours under it.
     */
    static boolean keepsIdentity(DisconnectReason reason) {
        return reason == DisconnectReason.REJOIN_REQUIRED;
    }

    /** @param identity for this attempt; each later attempt uses one that nobody has had yet */
    private void tryAgain(Optional<String> identity, long until, BooleanSupplier wanted, Runnable entered, Runnable failed) {
        entry.enterAgain(visit, identity, loop, ears()).whenComplete((joined, failure) -> queue.execute(() -> {
            if (failure == null) {
                occupy(joined, wanted, entered);
            } else if (wanted.getAsBoolean() && clock.millis() < until) {
                timer = Optional.of(loop.schedule(
                        BETWEEN_TRIES, () -> queue.execute(() -> tryAgain(Optional.empty(), until, wanted, entered, failed))));
            } else if (wanted.getAsBoolean()) {
                failed.run();
            }
        }));
    }

    /** Each attempt has its own ears; those of earlier attempts no longer count. */
    private RoomEars ears() {
        RoomEars made = newEars.get();
        queue.execute(() -> ears = Optional.of(made));
        return made;
    }

    private void occupy(Room joined, BooleanSupplier wanted, Runnable entered) {
        if (!wanted.getAsBoolean()) {
            joined.leave();
            return;
        }
        timer.ifPresent(LoopTimer::cancel);
        room = Optional.of(joined);
        joined.audio().ifPresent(media::attach);
        setAgain(joined);
        entered.run();
    }

    private void setAgain(Room joined) {
        Map<String, String> before = kept;
        Map<String, String> again = new HashMap<>(before);
        again.putAll(told);
        if (!again.isEmpty()) {
            tellAttributes(joined, again).thenRun(() -> queue.execute(() -> {
                if (kept == before) {
                    kept = Map.of();
                }
            }));
        }
    }

    static Map<String, String> otherwise(Map<String, String> had, Map<String, String> atTheJoin) {
        Map<String, String> others = new HashMap<>(had);
        others.entrySet().removeAll(atTheJoin.entrySet());
        return others;
    }

    /** The room reports our participant's attributes. */
    void heard(Map<String, String> attributes) {
        had = attributes;
    }

    /** Returns our participant's attributes; also after the room is left. */
    Map<String, String> attributes() {
        Map<String, String> all = new HashMap<>(kept);
        all.putAll(had);
        return all;
    }

    /** Returns whether this is our identity in the room. */
    boolean isUs(String identity) {
        return room.map(Room::localIdentity).filter(identity::equals).isPresent();
    }

    /** Sends a data message to one participant alone. */
    void tell(String topic, String text, String identity) {
        room.ifPresent(present -> present
                .sendData(new DataMessage.UserData(topic, text.getBytes(StandardCharsets.UTF_8), true), Set.of(identity))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.warnf("%s a data message did not reach the room: %s", visit.label(), failure.getMessage());
                    }
                }));
    }

    boolean isCurrent(RoomEars from) {
        return ears.isPresent() && ears.get() == from;
    }

    /** Returns LiveKit's id of the caller's participant; empty while there is none. */
    String participantSid() {
        return room.map(Room::localSid).orElse("");
    }

    List<RemoteParticipant> others() {
        return room.map(present -> together(present.participants(), listed, present.localSid())).orElse(List.of());
    }

    /** Returns the announced participants, and those listed participants that are neither announced nor ours. */
    static List<RemoteParticipant> together(List<RemoteParticipant> told, List<RemoteParticipant> listed, String ownSid) {
        List<RemoteParticipant> untold = listed.stream()
                .filter(one -> !one.sid().equals(ownSid) && told.stream().noneMatch(known -> known.sid().equals(one.sid())))
                .toList();
        return untold.isEmpty() ? told : Stream.concat(told.stream(), untold.stream()).toList();
    }

    /**
     * Asks LiveKit's room service who is there, so that {@link #others} includes participants that the room has not announced yet.
     *
     * @param found run in the queue when more may be known
     * @param over run in the queue when participants not announced by then count as gone
     */
    void lookWhoIsThere(Runnable found, Runnable over) {
        Optional<Room> asked = room;
        if (asked.isEmpty()) {
            return;
        }
        entry.whoIsThere(visit).whenComplete((there, failure) -> queue.execute(() -> {
            if (failure != null) {
                LOG.debugf("%s LiveKit did not list the participants: %s", visit.label(), failure.getMessage());
            } else if (room.equals(asked)) {
                forgetListed();
                listed = there;
                listedUntil = Optional.of(loop.schedule(TOLD_BY, () -> queue.execute(() -> {
                    listed = List.of();
                    over.run();
                })));
                found.run();
            }
        }));
    }

    /** The room reported that this participant left: the earlier listing is outdated. */
    void left(String sid) {
        listed = listed.stream().filter(one -> !one.sid().equals(sid)).toList();
    }

    private void forgetListed() {
        listedUntil.ifPresent(LoopTimer::cancel);
        listedUntil = Optional.empty();
        listed = List.of();
    }

    /** Sets the state of the call, for participants in the room, now or as soon as the room is entered. */
    void status(String now) {
        attributes(Map.of(SipParticipant.CALL_STATUS, now));
    }

    /** Sets what is known about the call from now on, likewise. */
    void attributes(Map<String, String> known) {
        told.putAll(known);
        if (!known.isEmpty()) {
            room.ifPresent(present -> tellAttributes(present, known));
        }
    }

    private CompletionStage<Void> tellAttributes(Room present, Map<String, String> known) {
        return present.setAttributes(Map.copyOf(known)).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.debugf("%s the attributes %s were not set: %s", visit.label(), known.keySet(), failure.getMessage());
            }
        });
    }

    void key(DtmfKey key) {
        room.ifPresent(present -> present.sendData(new DataMessage.SipDtmf(key.code(), key.roomDigit()))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.warnf("%s a key did not reach the room: %s", visit.label(), failure.getMessage());
                    }
                }));
    }

    /**
     * Another relay takes the caller's place: LiveKit ends this one's stay when it enters. If we ended the stay ourselves, listeners would
     * take that for the caller's leaving, and agents would leave.
     */
    void letGo() {
        timer.ifPresent(LoopTimer::cancel);
        forgetListed();
        room.ifPresent(present -> loop.schedule(REPLACED_BY, present::leave));
        room = Optional.empty();
    }

    /** Leaves, whether or not the other participants can be told why. */
    void leave() {
        timer.ifPresent(LoopTimer::cancel);
        forgetListed();
        try {
            status(SipParticipant.HANGUP);
        } finally {
            room.ifPresent(Room::leave);
            room = Optional.empty();
        }
    }
}
