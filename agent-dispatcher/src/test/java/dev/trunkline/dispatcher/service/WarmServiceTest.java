package dev.trunkline.dispatcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.dispatcher.calls.Routes;
import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.dispatcher.livekit.LiveKitException;
import dev.trunkline.dispatcher.metrics.DispatcherMetrics;
import dev.trunkline.dispatcher.warm.Given;
import dev.trunkline.dispatcher.warm.WarmPools;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.RoomGiven;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.Topics;
import dev.trunkline.events.WarmRooms;
import dev.trunkline.events.codec.EventJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import livekit.LivekitAgent.Job;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rooms in which agents wait, in a real LiveKit; the agents enter by signalling alone. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class WarmServiceTest extends ServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** The rule in {@link Routes}. */
    private static final RuleRef RULE = new RuleRef("r1", "rule");

    private final Agent agent = new Agent("warm-" + callId, "{}");
    private final String prefix = "w" + callId;
    private final List<TestParticipant> agents = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final List<WarmPools> opened = new ArrayList<>();
    private TestWorker worker;
    private Thread entering;
    private CallEventPublisher router;
    private AgentDispatches livekit;

    @BeforeEach
    void agentsThatEnterAtOnce() {
        worker = new TestWorker(Surroundings.LIVEKIT, agent.name());
        router = new CallEventPublisher(Surroundings.KAFKA, "router");
        livekit = livekit();
        entering = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Job job = worker.jobs().take();
                    Thread.ofVirtual().start(() -> agents.add(worker.enter(job)));
                }
            } catch (InterruptedException e) {
                // The test is over.
            }
        });
    }

    @AfterEach
    void close() throws Exception {
        say(null);
        opened.forEach(WarmPools::close);
        awaitRooms(0);
        entering.interrupt();
        agents.forEach(TestParticipant::close);
        worker.close();
        router.close();
        livekit.close();
        timers.shutdownNow();
    }

    private WarmRooms wanted(int count) {
        return new WarmRooms(RULE, prefix, List.of(agent), count);
    }

    private void say(WarmRooms rooms) throws Exception {
        byte[] value = rooms == null ? null : EventJson.MAPPER.writeValueAsBytes(rooms);
        router.send(new ProducerRecord<>(Topics.WARM_POOLS, RULE.id(), value)).toCompletableFuture().join();
    }

    private List<String> roomsThere() {
        try {
            return livekit.rooms().all().stream().filter(name -> name.startsWith(prefix)).toList();
        } catch (LiveKitException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitRooms(int count) throws Exception {
        eventually(count + " rooms", () -> roomsThere().size() == count);
    }

    private static void eventually(String what, Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(until);
            Thread.sleep(20);
        }
    }

    private static void awaitWaiting(int count) throws Exception {
        eventually(count + " rooms wait", () -> metric("trunkline_dispatcher_warm_waiting") == count);
    }

    private CallRouted route(CallId call) {
        return Routes.route(call, "room-" + call, LONG, List.of(agent), Optional.empty(), List.of()).ofWarmAgents();
    }

    private RoomGiven admit(CallId call) throws InterruptedException {
        bus.say(new CallAdmitted(call, route(call), List.of(), 30));
        return (RoomGiven) bus.await(call, RoomGiven.class).record();
    }

    /** Returns the pools of a separate process that owns all calls. */
    private WarmPools pools(String instance) {
        var registry = new SimpleMeterRegistry();
        var pools = new WarmPools(
                livekit, instance, Duration.ofMinutes(4), new SecureRandom(), new WarmPools.Calls(() -> 4, () -> 4), room -> false,
                timers, new DispatcherMetrics(registry), new ContainedFaults(registry));
        opened.add(pools);
        pools.start();
        return pools;
    }

    private ConsumerRecord<String, byte[]> record(WarmRooms rooms) throws Exception {
        return new ConsumerRecord<>(Topics.WARM_POOLS, 0, 0, RULE.id(), EventJson.MAPPER.writeValueAsBytes(rooms));
    }

    @Test
    void aCallIsGivenARoomWithItsAgentAndAnotherTakesThePlace() throws Exception {
        say(wanted(2));
        awaitWaiting(2);

        RoomGiven given = admit(callId);

        assertThat(given.room()).hasValueSatisfying(room -> assertThat(room).startsWith(prefix + "_warm_dispatcher-1_"));
        assertThat(dispatched().dispatchId()).isEqualTo(given.dispatches().getFirst());
        assertThat(livekit.participants(given.room().orElseThrow())).anyMatch(there -> there.agentName().equals(agent.name()));
        bus.say(new MediaReady(callId, "relay-1", given.room().orElseThrow(), "PA_1", "v=0", "PCMU", 0));
        awaitWaiting(2);
        assertThat(roomsThere()).hasSize(3);
        assertThat(bus.all(callId, AgentDispatched.class)).hasSize(1);
        livekit.rooms().delete(given.room().orElseThrow());
    }

    @Test
    void aRoomIsClosedWhereTheRelayEnteredItsOwn() throws Exception {
        say(wanted(1));
        awaitWaiting(1);
        String given = admit(callId).room().orElseThrow();

        bus.say(new MediaReady(callId, "relay-1", room, "PA_1", "v=0", "PCMU", 0));

        eventually("it is closed", () -> !roomsThere().contains(given));
        bus.awaitMany(callId, AgentDispatched.class, 2);
        // LiveKit itself dispatches agents without a name.
        assertThat(livekit.list(room)).filteredOn(there -> there.asks(agent)).hasSize(1);
    }

    @Test
    void aRoomWhoseAgentLeftIsNotGivenAndIsReplaced() throws Exception {
        say(wanted(1));
        awaitWaiting(1);
        String before = roomsThere().getFirst();
        for (var there : livekit.participants(before)) {
            livekit.remove(before, there.identity());
        }

        Optional<String> given = admit(callId).room();

        assertThat(given).isNotEqualTo(Optional.of(before));
        eventually("it is closed", () -> !roomsThere().contains(before));
        awaitWaiting(1);
        given.ifPresent(room -> bus.say(new MediaReady(callId, "relay-1", "elsewhere-" + callId, "PA_1", "v=0", "PCMU", 0)));
    }

    @Test
    void whereTheRuleWantsNoneAnyMoreNoneIsLeft() throws Exception {
        say(wanted(3));
        awaitWaiting(3);
        say(null);
        awaitRooms(0);
        assertThat(admit(callId).room()).isEmpty();
    }

    @Test
    void twoProcessesNeverGiveOneRoomTwiceAndLeaveNoneWhenTheyEnd() throws Exception {
        List<WarmPools> both = List.of(pools("twin-1"), pools("twin-2"));
        for (WarmPools pools : both) {
            pools.wanted(record(wanted(3)));
        }
        for (WarmPools pools : both) {
            eventually("rooms wait", () -> pools.waiting() == 3);
        }
        List<Given> given = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Given>>> taken = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                WarmPools pools = both.get(i % 2);
                taken.add(callers.submit(() -> pools.give(route(new CallId(UUID.randomUUID())))));
            }
            for (Future<Optional<Given>> one : taken) {
                one.get().ifPresent(given::add);
            }
        }
        Set<String> rooms = new HashSet<>(given.stream().map(Given::room).toList());
        assertThat(rooms).hasSameSizeAs(given).hasSizeGreaterThanOrEqualTo(6);
        for (String room : rooms) {
            livekit.rooms().delete(room);
        }
        both.forEach(WarmPools::close);
        awaitRooms(0);
    }

    @Test
    void anAgentWhoComesAfterItsRoomWasClosedIsNotLeftInIt() throws Exception {
        entering.interrupt();
        entering.join();
        WarmPools pools = pools("hasty");
        pools.wanted(record(wanted(1)));
        Job job = worker.jobs().poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(job).as("the agent is asked for").isNotNull();
        var closing = CompletableFuture.runAsync(pools::close);
        awaitRooms(0);
        agents.add(worker.enter(job));
        closing.join();
        awaitRooms(0);
    }

    @Test
    void whatAnEarlierLifeLeftIsClosedByTheNext() throws Exception {
        WarmPools earlier = pools("phoenix");
        earlier.wanted(record(wanted(2)));
        eventually("rooms wait", () -> earlier.waiting() == 2);
        List<String> left = roomsThere();

        pools("phoenix");

        eventually("they are closed", () -> roomsThere().stream().noneMatch(left::contains));
    }
}
