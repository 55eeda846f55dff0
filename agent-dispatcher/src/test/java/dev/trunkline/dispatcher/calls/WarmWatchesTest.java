package dev.trunkline.dispatcher.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.dispatcher.metrics.DispatcherMetrics;
import dev.trunkline.dispatcher.warm.Given;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.RoomGiven;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.codec.UnreadableEventException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which room a call is given, and what becomes of a room that the caller is not in; without LiveKit. */
class WarmWatchesTest {
    private static final String OWN = "room";
    private static final Given WARM = new Given("warm-1", List.of("AD_1"));
    private static final Duration AN_OLD_ONE = Duration.ofSeconds(1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final Envelopes envelopes = new Envelopes("/test/test-1", Clock.systemUTC(), UUID::randomUUID);
    private final AgentDispatches nowhere =
            new AgentDispatches(URI.create("http://127.0.0.1:1"), "key", "a-secret-for-tests-of-32-characters");
    private final DispatcherTools tools = new DispatcherTools(
            nowhere, new CallEventPublisher(producer), envelopes, Clock.systemUTC(),
            new RecordAges(Clock.systemUTC(), () -> Duration.ofHours(1)), new DispatcherMetrics(registry), threads,
            timers, () -> CompletableFuture.completedFuture(null), new ContainedFaults(registry));
    private final CallId call = new CallId(UUID.randomUUID());
    private PlayedRooms rooms = new PlayedRooms(WARM);
    private Watches watches = watches();
    private long offset;

    private Watches watches() {
        return new Watches(
                tools, new RecentCalls(Clock.systemUTC(), Duration.ofMinutes(1)), new Places(Clock.systemUTC(), Duration.ofMinutes(1)),
                rooms, new KeptPartitions(List.of(Topics.EVENTS), () -> 6, System::nanoTime));
    }

    @AfterEach
    void stop() {
        timers.shutdownNow();
        threads.shutdownNow();
        nowhere.close();
    }

    private void admitted(Duration ago) {
        var route = Routes.route(call, OWN, 30, List.of(new Agent("clerk", "")), Optional.empty(), List.of()).ofWarmAgents();
        Envelope now = envelopes.first(new CallAdmitted(call, route, List.of(), 30), Envelope.Owners.edge("edge-1"));
        watches.handle(new Envelope(
                now.id(), now.source(), Instant.now().minus(ago), now.owners(), now.traceparent(), now.record()));
    }

    private void seen(CallRecord record) {
        var sent = CallEventCodec.encode(envelopes.first(record, Envelope.Owners.NONE));
        var message = new ConsumerRecord<>(sent.topic(), 0, offset++, sent.key(), sent.value());
        sent.headers().forEach(message.headers()::add);
        watches.seen(message);
    }

    private void entered(String room) {
        seen(new MediaReady(call, "relay-1", room, "PA_caller", "v=0", "PCMU", 0));
    }

    private void over() {
        seen(new CallEnded(call, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1_000, Optional.empty()));
    }

    private <T extends CallRecord> List<T> told(Class<T> type) {
        return producer.history().stream().map(WarmWatchesTest::record).filter(type::isInstance).map(type::cast).toList();
    }

    private static CallRecord record(ProducerRecord<String, byte[]> sent) {
        var message = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(message.headers()::add);
        try {
            return CallEventCodec.decode(message).orElseThrow().record();
        } catch (UnreadableEventException e) {
            throw new AssertionError(e);
        }
    }

    private boolean asked() {
        return registry.get("trunkline.dispatcher.refused").counter().count() > 0;
    }

    private static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(until);
            Thread.sleep(10);
        }
    }

    @Test
    void aCallIsGivenTheRoomInWhichItsAgentsWaitAndNobodyElseIsAskedFor() throws Exception {
        admitted(Duration.ZERO);
        eventually("the dispatch is told", () -> !told(AgentDispatched.class).isEmpty());
        assertThat(told(RoomGiven.class)).containsExactly(new RoomGiven(call, Optional.of("warm-1"), List.of("AD_1")));
        assertThat(told(AgentDispatched.class)).extracting(AgentDispatched::dispatchId).containsExactly("AD_1");
        entered("warm-1");
        seen(new AgentJoined(call, "clerk", "PA_1", "agent", 10));
        over();
        eventually("nothing is left", () -> registry.get("trunkline.dispatcher.watching").gauge().value() == 0);
        assertThat(asked()).isFalse();
        assertThat(rooms.takenBack()).isEmpty();
    }

    @Test
    void whereNobodyWaitsThatIsSaidAndAnAgentIsAskedForAtOnce() throws Exception {
        rooms = new PlayedRooms();
        watches = watches();
        admitted(Duration.ZERO);
        eventually("LiveKit is asked", this::asked);
        assertThat(told(RoomGiven.class)).containsExactly(RoomGiven.none(call));
    }

    @Test
    void aRoomThatTheRelayDidNotWaitForIsClosedAndTheAgentIsAskedForWhereTheCallerIs() throws Exception {
        admitted(Duration.ZERO);
        entered(OWN);
        eventually("the room is closed", () -> rooms.takenBack().equals(List.of("warm-1")));
        eventually("LiveKit is asked", this::asked);
    }

    @Test
    void ofTwoRelaysTheFirstThatEnteredCounts() throws Exception {
        admitted(Duration.ZERO);
        entered("warm-1");
        entered(OWN);
        over();
        eventually("nothing is left", () -> registry.get("trunkline.dispatcher.watching").gauge().value() == 0);
        assertThat(rooms.takenBack()).isEmpty();
        assertThat(asked()).isFalse();
    }

    @Test
    void aRoomThatNobodyEnteredIsClosedWhenTheCallIsOver() throws Exception {
        admitted(Duration.ZERO);
        over();
        eventually("the room is closed", () -> rooms.takenBack().equals(List.of("warm-1")));
    }

    @Test
    void anAdmissionThatComesAgainIsNotGivenASecondRoom() throws Exception {
        seen(new RoomGiven(call, Optional.of("warm-of-another"), List.of("AD_9")));
        admitted(AN_OLD_ONE);
        eventually("the dispatch is told", () -> !told(AgentDispatched.class).isEmpty());
        assertThat(told(AgentDispatched.class)).extracting(AgentDispatched::dispatchId).containsExactly("AD_9");
        assertThat(told(RoomGiven.class)).isEmpty();
        assertThat(rooms.waiting()).isEqualTo(1);
    }

    @Test
    void anAdmissionForWhichNoRelayWaitsAnyMoreIsGivenNone() throws Exception {
        admitted(AN_OLD_ONE);
        eventually("LiveKit is asked", this::asked);
        assertThat(told(RoomGiven.class)).containsExactly(RoomGiven.none(call));
        assertThat(rooms.waiting()).isEqualTo(1);
    }

    @Test
    void whereAnotherDispatcherWasQuickerItsAgentsAreTheCallers() throws Exception {
        admitted(Duration.ZERO);
        eventually("a room is given", () -> !told(RoomGiven.class).isEmpty());
        seen(new RoomGiven(call, Optional.of("warm-of-another"), List.of("AD_9")));
        entered("warm-of-another");
        eventually("ours is closed", () -> rooms.takenBack().equals(List.of("warm-1")));
        eventually("theirs is watched", () -> told(AgentDispatched.class).stream().anyMatch(it -> it.dispatchId().equals("AD_9")));
        assertThat(told(AgentDispatched.class)).extracting(it -> it.attempt().orElse(0)).containsExactly(1, 2);
        assertThat(asked()).isFalse();
    }

    @Test
    void nobodyIsAskedForAgainForTheRoomThatTheCallerIsNotIn() throws Exception {
        rooms = new PlayedRooms();
        watches = watches();
        admitted(Duration.ZERO);
        eventually("LiveKit is asked", this::asked);
        seen(new RoomGiven(call, Optional.of("warm-of-another"), List.of("AD_9")));
        entered("warm-of-another");
        eventually("theirs is watched", () -> told(AgentDispatched.class).stream().anyMatch(it -> it.dispatchId().equals("AD_9")));
        double before = registry.get("trunkline.dispatcher.refused").counter().count();
        // Two retries would have been due by then.
        var later = new CompletableFuture<Void>();
        tools.later(Duration.ofSeconds(3), () -> later.complete(null));
        assertThat(later).succeedsWithin(Duration.ofSeconds(30));
        assertThat(registry.get("trunkline.dispatcher.refused").counter().count())
                .as("at most the one that was under way").isLessThanOrEqualTo(before + 1);
    }

    @Test
    void aRestartFindsTheCallerInTheRoomThatTheTopicNames() throws Exception {
        seen(new RoomGiven(call, Optional.of("warm-of-before"), List.of("AD_9")));
        entered(OWN);
        admitted(AN_OLD_ONE);
        eventually("the room is closed", () -> rooms.takenBack().equals(List.of("warm-of-before")));
        eventually("LiveKit is asked", this::asked);
    }
}
