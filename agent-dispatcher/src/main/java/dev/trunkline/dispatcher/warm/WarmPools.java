package dev.trunkline.dispatcher.warm;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.Rounds;
import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.dispatcher.livekit.LiveKitException;
import dev.trunkline.dispatcher.livekit.Participant;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.WarmRooms;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * The rooms of this process in which agents wait for callers, for all rules that want some. The topic {@code warm-pools} says what is
 * wanted; this process's part of it depends on its share of the calls. Thread-safe.
 *
 * <pre>
 *   made --start(): closes what an earlier life left--> keeping --close(): closes all that wait--> closed
 * </pre>
 */
public final class WarmPools implements RoomGiver, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WarmPools.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration CLOSING = Duration.ofSeconds(3);
    /** A rule's record is some hundred octets, plus its agents' metadata; a much longer one was not written by the suite. */
    private static final int LONGEST_VALUE = 8 * 1024 * 1024;

    private static final int MOST_ROOMS = 1_000;

    private final WarmTools tools;
    private final IntSupplier mine;
    private final IntSupplier all;
    private final Predicate<String> taken;
    private final Rounds rounds;
    private final Map<String, PoolKeeper> keepers = new ConcurrentHashMap<>();
    private final Share share = new Share();
    private volatile boolean closed;
    /** For the rounds only. */
    private boolean swept;

    /** This process's share of the calls. @param mine partitions @param all partitions; 0 while that is not known */
    public record Calls(IntSupplier mine, IntSupplier all) {}

    /**
     * @param instance this process's name, which stays the same after a restart
     * @param age how long a room may wait
     * @param taken whether a call is in a room, or was given it, as far as Kafka has been read
     */
    public WarmPools(
            AgentDispatches livekit,
            String instance,
            Duration age,
            RandomGenerator random,
            Calls calls,
            Predicate<String> taken,
            ScheduledExecutorService timers,
            WarmCounts counts,
            ContainedFaults faults) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        this.tools = new WarmTools(
                livekit, new WarmNames(instance, random), threads, timers, System::nanoTime, age, counts, faults);
        this.mine = calls.mine();
        this.all = calls.all();
        this.taken = taken;
        this.rounds = new Rounds("warm-pools", this::round, faults);
    }

    /** Starts to maintain the rooms. */
    public void start() {
        rounds.start();
    }

    /** Whether the rooms are being maintained. */
    public boolean alive() {
        return rounds.alive();
    }

    /** Registers what the topic says about a rule. Never blocks. */
    public void wanted(ConsumerRecord<String, byte[]> message) {
        if (message.key() == null) {
            return;
        }
        Optional<WarmRooms> rooms = read(message);
        PoolKeeper before = keepers.get(message.key());
        if (before != null && rooms.equals(Optional.of(before.rooms()))) {
            return;
        }
        if (before != null) {
            keepers.remove(message.key());
            before.retire();
        }
        rooms.ifPresent(some -> {
            LOG.infof("rule=%s agents are to wait in %d rooms across the suite", some.rule().name(), some.count());
            keepers.put(message.key(), new PoolKeeper(some, tools));
        });
    }

    private static Optional<WarmRooms> read(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            return Optional.empty();
        }
        try {
            if (message.value().length > LONGEST_VALUE) {
                throw new IOException("it has more than " + LONGEST_VALUE + " octets");
            }
            return Optional.of(EventJson.MAPPER.readValue(message.value(), WarmRooms.class))
                    .filter(rooms -> rooms.count() > 0 && rooms.count() <= MOST_ROOMS && !rooms.agents().isEmpty());
        } catch (IOException | RuntimeException e) {
            LOG.warnf("rule=%s its record on the topic of warm rooms cannot be read, and no agents will wait", message.key());
            return Optional.empty();
        }
    }

    /** Waits for LiveKit for at most a tenth of a second. */
    @Override
    public Optional<Given> give(CallRouted route) {
        Optional<Given> given = closed
                ? Optional.empty()
                : Optional.ofNullable(keepers.get(route.rule().id())).flatMap(keeper -> keeper.give(route.agents()));
        tools.counts().given(given.isPresent());
        return given;
    }

    @Override
    public void takeBack(String room) {
        tools.run(() -> {
            try {
                tools.livekit().rooms().delete(room);
                tools.counts().closed();
            } catch (LiveKitException e) {
                LOG.infof("room %s is left to LiveKit: %s", room, e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Returns how many rooms could be given at this moment. */
    public int waiting() {
        return keepers.values().stream().mapToInt(PoolKeeper::waiting).sum();
    }

    private Duration round() throws InterruptedException {
        if (!swept) {
            swept = sweep();
        }
        share.look(mine.getAsInt(), all.getAsInt());
        for (PoolKeeper keeper : keepers.values()) {
            keeper.want(share.of(keeper.rooms().count()));
            keeper.lookAfter();
        }
        return BETWEEN_LOOKS;
    }

    /**
     * Closes the rooms that an earlier run of this process left and that no process knows any more.
     *
     * @return false if LiveKit does not answer
     */
    private boolean sweep() throws InterruptedException {
        try {
            for (String room : tools.livekit().rooms().all()) {
                if (tools.names().leftBehind(room) && !taken.test(room)
                        && tools.livekit().participants(room).stream().allMatch(Participant::agent)) {
                    LOG.infof("room %s was left over from before this process restarted, and is being closed", room);
                    tools.livekit().rooms().delete(room);
                }
            }
            return true;
        } catch (LiveKitException e) {
            LOG.debugf("LiveKit did not list the rooms: %s", e.getMessage());
            return false;
        }
    }

    /** Closes all waiting rooms in parallel, for at most three seconds. */
    @Override
    public void close() {
        closed = true;
        rounds.close();
        keepers.values().forEach(PoolKeeper::retire);
        tools.threads().shutdown();
        try {
            if (!tools.threads().awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("not all rooms in which agents wait could be closed within %d s; LiveKit closes them itself", CLOSING.toSeconds());
                tools.threads().shutdownNow();
            }
        } catch (InterruptedException e) {
            tools.threads().shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
