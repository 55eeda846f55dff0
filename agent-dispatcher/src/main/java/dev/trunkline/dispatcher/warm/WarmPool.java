package dev.trunkline.dispatcher.warm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The rooms of one rule in which its agents wait for a caller: they belong to this process alone. Pure: events go in with the time,
 * effects come out. Not thread-safe.
 *
 * <pre>
 *   MAKING --LiveKit has the room--> FILLING --its agents are in it--> WAITING --taken--> given: forgotten here, the call has it
 *      |                                |                                 |`--too old--> STALE --another waits--> closed
 *      `--LiveKit refuses---------------+--nobody came in time------------'--an agent left--> closed, and another is made
 * </pre>
 *
 * A room is given at most once in its life, whatever becomes of the call. A room that was given in vain, for example because the
 * relay had not waited, is closed by the watch of the call and never comes back: a relay that was slow to enter it must not meet
 * another caller there.
 */
final class WarmPool {
    /** An action to carry out. */
    sealed interface Effect {
        /** Create this room, with the rule's agents dispatched into it. */
        record Make(String room) implements Effect {}

        /** Close this room, and thereby end its agents. @param awaited whether some of them may still be on their way */
        record Close(String room, boolean awaited) implements Effect {}
    }

    /**
     * @param mostAge how long a room may wait; less than the room's {@code empty_timeout}, because LiveKit considers a room with
     *     nobody except agents empty
     * @param fillPatience how long its agents may take to come
     * @param firstPause before a retry if a room could not be created or filled; doubled at each further one
     * @param longestPause maximum of that pause
     */
    record Terms(Duration mostAge, Duration fillPatience, Duration firstPause, Duration longestPause) {}

    private enum State {
        MAKING,
        FILLING,
        WAITING,
        STALE
    }

    private record Room(State state, long sinceMillis) {}

    private final Terms terms;
    private final Supplier<String> names;
    private final Map<String, Room> rooms = new LinkedHashMap<>();
    private int size;
    private int failures;
    private OptionalLong pauseUntil = OptionalLong.empty();

    /** @param names of rooms that were never used, with this process's id in them */
    WarmPool(Terms terms, Supplier<String> names) {
        this.terms = terms;
        this.names = names;
    }

    /** Sets how many rooms are to wait here; none once the rule is gone, the process stops, or it has no share of the calls. */
    List<Effect> want(int wanted, long nowMillis) {
        size = wanted;
        return settle(nowMillis);
    }

    /**
     * Gives the room that has waited longest to a call; empty if none is waiting. {@link #settle} returns what is to be done next.
     */
    Optional<String> take() {
        Optional<String> oldest = first(State.STALE).or(() -> first(State.WAITING));
        oldest.ifPresent(rooms::remove);
        return oldest;
    }

    /** LiveKit has created the room. */
    List<Effect> made(String room, long nowMillis) {
        return move(room, State.MAKING, State.FILLING, nowMillis);
    }

    /** LiveKit did not create the room. */
    List<Effect> refused(String room, long nowMillis) {
        if (rooms.remove(room) != null) {
            failed(nowMillis);
        }
        return settle(nowMillis);
    }

    /** The room was checked. @param complete whether all its agents are there */
    List<Effect> looked(String room, boolean complete, long nowMillis) {
        Room seen = rooms.get(room);
        if (seen == null) {
            return List.of();
        }
        return switch (seen.state()) {
            case MAKING -> List.of();
            case FILLING -> {
                if (complete) {
                    failures = 0;
                    yield move(room, State.FILLING, State.WAITING, nowMillis);
                }
                yield settle(nowMillis);
            }
            case WAITING, STALE -> complete ? settle(nowMillis) : closing(room, nowMillis);
        };
    }

    /** Returns what is due now: rooms are too few or too many, too old, or not filled in time. */
    List<Effect> settle(long nowMillis) {
        List<Effect> effects = new ArrayList<>();
        for (String room : named(known -> known.state() == State.FILLING && aged(known, terms.fillPatience(), nowMillis))) {
            drop(room, effects);
            failed(nowMillis);
        }
        named(known -> known.state() == State.WAITING && aged(known, terms.mostAge(), nowMillis))
                .forEach(room -> rooms.computeIfPresent(room, (name, known) -> new Room(State.STALE, known.sinceMillis())));
        // A room that is too old continues to wait until another does, so that the pool never shrinks because of age.
        int fresh = count(State.WAITING);
        List<String> stale = named(known -> known.state() == State.STALE);
        stale.subList(0, Math.min(stale.size(), Math.max(0, stale.size() + fresh - size))).forEach(room -> drop(room, effects));
        for (State least : List.of(State.FILLING, State.WAITING)) {
            named(known -> known.state() == least).stream()
                    .limit(Math.max(0, rooms.size() - count(State.STALE) - size))
                    .forEach(room -> drop(room, effects));
        }
        if (pauseUntil.isEmpty() || nowMillis >= pauseUntil.getAsLong()) {
            pauseUntil = OptionalLong.empty();
            // While workers are missing, one room at a time requests them.
            int atOnce = failures > 0 ? 1 - count(State.MAKING) - count(State.FILLING) : size;
            for (int i = rooms.size() - count(State.STALE); i < size && atOnce > 0; i++, atOnce--) {
                String room = names.get();
                rooms.put(room, new Room(State.MAKING, nowMillis));
                effects.add(new Effect.Make(room));
            }
        }
        return effects;
    }

    /** Returns the rooms that are to be checked from time to time. */
    List<String> toLookInto() {
        return named(known -> known.state() != State.MAKING);
    }

    /** Whether the room's agents are still on their way. */
    boolean filling(String room) {
        return Optional.ofNullable(rooms.get(room)).filter(known -> known.state() == State.FILLING).isPresent();
    }

    /** Returns how many could be given at this moment. */
    int waiting() {
        return count(State.WAITING) + count(State.STALE);
    }

    private List<Effect> move(String room, State from, State to, long nowMillis) {
        Room known = rooms.get(room);
        if (known != null && known.state() == from) {
            rooms.put(room, new Room(to, nowMillis));
        }
        return settle(nowMillis);
    }

    private List<Effect> closing(String room, long nowMillis) {
        List<Effect> effects = new ArrayList<>();
        drop(room, effects);
        effects.addAll(settle(nowMillis));
        return effects;
    }

    private void drop(String room, List<Effect> effects) {
        Room known = rooms.remove(room);
        effects.add(new Effect.Close(room, known != null && known.state() == State.FILLING));
    }

    private void failed(long nowMillis) {
        long pause = terms.firstPause().toMillis() << Math.min(failures, 20);
        failures++;
        pauseUntil = OptionalLong.of(nowMillis + Math.min(pause, terms.longestPause().toMillis()));
    }

    private static boolean aged(Room room, Duration most, long nowMillis) {
        return nowMillis - room.sinceMillis() >= most.toMillis();
    }

    private int count(State state) {
        return named(room -> room.state() == state).size();
    }

    private Optional<String> first(State state) {
        return named(room -> room.state() == state).stream().findFirst();
    }

    private List<String> named(Predicate<Room> which) {
        return rooms.entrySet().stream().filter(entry -> which.test(entry.getValue())).map(Map.Entry::getKey).toList();
    }
}
