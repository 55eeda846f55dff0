package dev.trunkline.relay.calls;

import dev.trunkline.bus.SerialQueue;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.room.RoomJoiner;
import dev.trunkline.relay.room.RoomJoiner.Visit;
import dev.trunkline.relay.room.SipParticipant;
import dev.trunkline.rtc.DataMessage;
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

/** A call's place in its room: entered once, and again when it was lost. Used in the call's queue only. */
final class CallRoom {
    private static final Logger LOG = Logger.getLogger(CallRoom.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);
    /** livekit-server tells of somebody who publishes nothing at the latest after 3 s. */
    private static final Duration TOLD_BY = Duration.ofMillis(3_500);

    /** In which another relay has entered in this one's place, or nobody does any more. */
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
    /** Those whom LiveKit's room service has listed, and of whom we may not have been told in the room. */
    private List<RemoteParticipant> listed = List.of();
    private Optional<LoopTimer> listedUntil = Optional.empty();
    private Optional<RoomEars> ears = Optional.empty();
    /** What was set last: whoever enters again is what the token says. */
    private final Map<String, String> told = new HashMap<>();
    /** What our participant has, whoever set it, as the room said last. */
    private Map<String, String> had = Map.of();
    /** Of that, what is otherwise than at the join and was in an earlier stay, until it is set again: LiveKit forgets it with the stay. */
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

    /** Whether the room can be entered, as far as that can be known before. */
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
     * @param atMost then the call is told that there is no room; one that is entered later is left at once
     * @param wanted whether the call still wants to be in the room when it is
     * @param entered run in the queue when the call is in the room
     * @param failed told in the queue why there is no room; may be told twice
     */
    void enter(Duration atMost, BooleanSupplier wanted, Runnable entered, Consumer<Throwable> failed) {
        timer = Optional.of(loop.schedule(atMost, () -> queue.execute(() -> {
            if (wanted.getAsBoolean()) {
                failed.accept(new TimeoutException("the room was not entered within " + atMost.toMillis() + " ms"));
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

    /** The room is lost: enters it again, for at most this long. */
    void enterAgain(Duration atMost, BooleanSupplier wanted, Runnable entered, Runnable failed) {
        room = Optional.empty();
        forgetListed();
        media.detach();
        kept = otherwise(attributes(), visit.participant().attributes());
        tryAgain(clock.millis() + atMost.toMillis(), wanted, entered, failed);
    }

    private void tryAgain(long until, BooleanSupplier wanted, Runnable entered, Runnable failed) {
        entry.enterAgain(visit, loop, ears()).whenComplete((joined, failure) -> queue.execute(() -> {
            if (failure == null) {
                occupy(joined, wanted, entered);
            } else if (wanted.getAsBoolean() && clock.millis() < until) {
                timer = Optional.of(loop.schedule(
                        BETWEEN_TRIES, () -> queue.execute(() -> tryAgain(until, wanted, entered, failed))));
            } else if (wanted.getAsBoolean()) {
                failed.run();
            }
        }));
    }

    /** Each attempt has ears of its own; those of earlier ones no longer count. */
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

    /** The room says what our participant has. */
    void heard(Map<String, String> attributes) {
        had = attributes;
    }

    /** The same; also after the room is left. */
    Map<String, String> attributes() {
        Map<String, String> all = new HashMap<>(kept);
        all.putAll(had);
        return all;
    }

    /** Whether this is our identity in the room. */
    boolean isUs(String identity) {
        return room.map(Room::localIdentity).filter(identity::equals).isPresent();
    }

    /** Tells one participant alone. */
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

    /** LiveKit's id of the caller's participant; empty while there is none. */
    String participantSid() {
        return room.map(Room::localSid).orElse("");
    }

    List<RemoteParticipant> others() {
        return room.map(present -> together(present.participants(), listed, present.localSid())).orElse(List.of());
    }

    /** Those who were told, and of those who were only listed whoever is neither told nor we. */
    static List<RemoteParticipant> together(List<RemoteParticipant> told, List<RemoteParticipant> listed, String ownSid) {
        List<RemoteParticipant> untold = listed.stream()
                .filter(one -> !one.sid().equals(ownSid) && told.stream().noneMatch(known -> known.sid().equals(one.sid())))
                .toList();
        return untold.isEmpty() ? told : Stream.concat(told.stream(), untold.stream()).toList();
    }

    /**
     * Asks LiveKit's room service who is there, so that {@link #others} knows of those whom the room does not tell of yet.
     *
     * @param found run in the queue when more may be known
     * @param over run in the queue when those who have not been told of by then count as gone
     */
    void lookWhoIsThere(Runnable found, Runnable over) {
        Optional<Room> asked = room;
        if (asked.isEmpty()) {
            return;
        }
        entry.whoIsThere(visit).whenComplete((there, failure) -> queue.execute(() -> {
            if (failure != null) {
                LOG.debugf("%s LiveKit does not say who is there: %s", visit.label(), failure.getMessage());
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

    /** The room has told that this one left: what was listed before is old. */
    void left(String sid) {
        listed = listed.stream().filter(one -> !one.sid().equals(sid)).toList();
    }

    private void forgetListed() {
        listedUntil.ifPresent(LoopTimer::cancel);
        listedUntil = Optional.empty();
        listed = List.of();
    }

    /** How far the call is, for those in the room, now or as soon as it is entered. */
    void status(String now) {
        attributes(Map.of(SipParticipant.CALL_STATUS, now));
    }

    /** What is known of the call from now on, likewise. */
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
     * Another relay takes the caller's place: LiveKit ends this one's stay when it enters. An end that we said ourselves would be the
     * caller's to whoever listens, and agents would leave.
     */
    void letGo() {
        timer.ifPresent(LoopTimer::cancel);
        forgetListed();
        room.ifPresent(present -> loop.schedule(REPLACED_BY, present::leave));
        room = Optional.empty();
    }

    /** Leaves, whether or not the others can be told why. */
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
