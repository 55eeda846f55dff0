package dev.trunkline.dispatcher.warm;

import dev.trunkline.dispatcher.livekit.LiveKitException;
import dev.trunkline.dispatcher.livekit.Participant;
import dev.trunkline.events.Agent;
import dev.trunkline.events.WarmRooms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Carries out the effects of one rule's {@link WarmPool}, and maintains its rooms. Thread-safe; no thread waits for LiveKit while it holds
 * the pool.
 */
final class PoolKeeper {
    private static final Logger LOG = Logger.getLogger(PoolKeeper.class);
    private static final Duration FILL_PATIENCE = Duration.ofSeconds(20);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** An agent comes within half a second, and a call may want its room at once. */
    private static final Duration BETWEEN_LOOKS_WHILE_FILLING = Duration.ofMillis(100);
    /** Beyond the longest time for which a room waits: matters only if this process dies before it can close it. */
    private static final Duration MARGIN = Duration.ofSeconds(60);
    /** LiveKit's own default. */
    private static final Duration DEPARTURE = Duration.ofSeconds(20);
    /** Limit for the check before a room is given: a caller waits meanwhile, and the room was checked within the last seconds. */
    private static final Duration LAST_LOOK = Duration.ofMillis(100);

    /** Together less than the time that a stopping process waits for its rooms to be closed. */
    private static final List<Duration> BETWEEN_CLOSES =
            List.of(Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofMillis(700), Duration.ofMillis(1_000));

    private static final int MOST_TRIES = 3;
    /**
     * LiveKit continues to count an agent that was killed. Every fifth time, which is ten seconds apart, it is therefore asked who is
     * there.
     */
    private static final int BETWEEN_FULL_LOOKS = 5;

    private final WarmRooms rooms;
    private final WarmTools tools;
    private final WarmPool pool;
    private final Map<String, List<String>> dispatches = new ConcurrentHashMap<>();
    /** How many participants LiveKit counted in a room when it was last complete. */
    private final Map<String, Integer> occupants = new ConcurrentHashMap<>();
    private boolean retired;
    /** For {@link #lookAfter}, which one thread calls. */
    private int looks;

    PoolKeeper(WarmRooms rooms, WarmTools tools) {
        this.rooms = rooms;
        this.tools = tools;
        this.pool = new WarmPool(
                new WarmPool.Terms(tools.age(), FILL_PATIENCE, FIRST_PAUSE, LONGEST_PAUSE),
                () -> tools.names().next(rooms.prefix()));
    }

    WarmRooms rooms() {
        return rooms;
    }

    synchronized int waiting() {
        return pool.waiting();
    }

    /** Sets how many rooms are to wait here. */
    void want(int count) {
        perform(() -> retired ? List.of() : pool.want(count, tools.nowMillis()));
    }

    /** No room is to wait here any more, for good: the rule wants other rooms or none, or the process stops. */
    void retire() {
        perform(() -> {
            retired = true;
            return pool.want(0, tools.nowMillis());
        });
    }

    /**
     * Returns the room that has waited longest and is complete at this moment.
     *
     * @param agents those that the call wants; rooms with other agents, of a rule that was changed a moment ago, are not given
     */
    Optional<Given> give(List<Agent> agents) {
        if (!rooms.agents().equals(agents)) {
            return Optional.empty();
        }
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<String> room = take();
            if (room.isEmpty()) {
                return Optional.empty();
            }
            List<String> made = Optional.ofNullable(dispatches.remove(room.get())).orElse(List.of());
            occupants.remove(room.get());
            if (completeNow(room.get())) {
                return Optional.of(new Given(room.get(), made));
            }
            LOG.infof("rule=%s room %s has lost its agents and is being closed", rooms.rule().name(), room.get());
            tools.run(() -> close(room.get()));
        }
        return Optional.empty();
    }

    private Optional<String> take() {
        List<WarmPool.Effect> effects;
        Optional<String> room;
        synchronized (this) {
            room = pool.take();
            effects = pool.settle(tools.nowMillis());
        }
        effects.forEach(this::perform);
        return room;
    }

    /** If LiveKit does not answer in time, the result of the last check counts. */
    private boolean completeNow(String room) {
        var answer = new CompletableFuture<Boolean>();
        tools.run(() -> {
            try {
                answer.complete(complete(room));
            } catch (LiveKitException | InterruptedException e) {
                answer.complete(true);
            }
        });
        return answer.completeOnTimeout(true, LAST_LOOK.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    private boolean complete(String room) throws LiveKitException, InterruptedException {
        List<Participant> there = tools.livekit().participants(room);
        return Crew.complete(rooms.agents(), there);
    }

    /** Checks the existing rooms; waits for LiveKit. */
    void lookAfter() throws InterruptedException {
        List<String> names;
        synchronized (this) {
            names = pool.toLookInto();
        }
        if (++looks % BETWEEN_FULL_LOOKS == 0) {
            occupants.clear();
        }
        try {
            Map<String, Integer> now = names.isEmpty() ? Map.of() : tools.livekit().rooms().occupants(names);
            for (String room : names) {
                look(room, Optional.ofNullable(now.get(room)));
            }
        } catch (LiveKitException e) {
            LOG.debugf("rule=%s LiveKit did not list the rooms: %s", rooms.rule().name(), e.getMessage());
        }
        perform(() -> pool.settle(tools.nowMillis()));
    }

    /** @param occupied how many participants LiveKit counts there; empty if the room does not exist */
    private void look(String room, Optional<Integer> occupied) throws LiveKitException, InterruptedException {
        boolean same = occupied.isPresent() && occupied.equals(Optional.ofNullable(occupants.get(room)));
        boolean complete = same || occupied.isPresent() && complete(room);
        if (complete) {
            occupants.put(room, occupied.get());
        }
        perform(() -> pool.looked(room, complete, tools.nowMillis()));
    }

    private interface Step {
        List<WarmPool.Effect> take();
    }

    private void perform(Step step) {
        List<WarmPool.Effect> effects;
        synchronized (this) {
            effects = step.take();
        }
        effects.forEach(this::perform);
    }

    private void perform(WarmPool.Effect effect) {
        switch (effect) {
            case WarmPool.Effect.Make(String room) -> tools.run(() -> make(room));
            case WarmPool.Effect.Close(String room, boolean awaited) -> {
                dispatches.remove(room);
                occupants.remove(room);
                tools.run(() -> {
                    close(room);
                    if (awaited) {
                        closeAgain(room);
                    }
                });
            }
        }
    }

    private void make(String room) {
        try {
            tools.livekit().rooms().create(room, tools.age().plus(FILL_PATIENCE).plus(MARGIN), DEPARTURE);
            List<String> made = new ArrayList<>();
            for (Agent agent : rooms.agents()) {
                made.add(tools.livekit().create(room, agent));
            }
            dispatches.put(room, List.copyOf(made));
            tools.counts().made();
            perform(() -> pool.made(room, tools.nowMillis()));
            lookWhileFilling(room);
        } catch (LiveKitException e) {
            LOG.warnf("rule=%s a room for waiting agents could not be created: %s", rooms.rule().name(), e.getMessage());
            notMade(room);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable fault) {
            // The pool must not wait for it indefinitely.
            notMade(room);
            throw fault;
        }
    }

    private void notMade(String room) {
        tools.counts().failed();
        perform(() -> pool.refused(room, tools.nowMillis()));
        close(room);
    }

    private void lookWhileFilling(String room) {
        synchronized (this) {
            if (!pool.filling(room)) {
                return;
            }
        }
        tools.later(BETWEEN_LOOKS_WHILE_FILLING, () -> {
            try {
                if (complete(room)) {
                    perform(() -> pool.looked(room, true, tools.nowMillis()));
                }
            } catch (LiveKitException e) {
                LOG.debugf("rule=%s LiveKit did not report on room %s: %s", rooms.rule().name(), room, e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            lookWhileFilling(room);
        });
    }

    /** If an agent was on its way when its room was closed, its entry recreates the room, as is LiveKit's default. */
    private void closeAgain(String room) {
        try {
            for (Duration pause : BETWEEN_CLOSES) {
                Thread.sleep(pause);
                if (tools.livekit().rooms().occupants(List.of(room)).containsKey(room)) {
                    tools.livekit().rooms().delete(room);
                }
            }
        } catch (LiveKitException e) {
            LOG.infof("rule=%s room %s is left to LiveKit: %s", rooms.rule().name(), room, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes a room that no call is in; if LiveKit does not answer, it closes the room itself after a while. */
    void close(String room) {
        try {
            tools.livekit().rooms().delete(room);
            tools.counts().closed();
        } catch (LiveKitException e) {
            LOG.infof("rule=%s room %s is left to LiveKit: %s", rooms.rule().name(), room, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
