package dev.trunkline.dispatcher.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallPartition;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.dispatcher.metrics.DispatcherMetrics;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RoomEntry;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.codec.EventTypes;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How watches handle time that passed while nobody read Kafka, and faults that one of them throws; without LiveKit. */
class WatchesTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final Envelopes envelopes = new Envelopes("/test/test-1", Clock.systemUTC(), UUID::randomUUID);
    private final AgentDispatches nowhere =
            new AgentDispatches(URI.create("http://127.0.0.1:1"), "key", "a-secret-for-tests-of-32-characters");
    /** At a desk, no agent and nothing of LiveKit is requested; the call waits for a person. */
    private static final RoomEntry DESK = new RoomEntry(false, true, Optional.empty());

    private long offset;
    private volatile Duration onTheWay = Duration.ofHours(1);
    private final CallId call = new CallId(UUID.randomUUID());
    private volatile CompletableFuture<Void> read = CompletableFuture.completedFuture(null);
    private final DispatcherTools tools = new DispatcherTools(
            nowhere, new CallEventPublisher(producer), envelopes, Clock.systemUTC(),
            new RecordAges(Clock.systemUTC(), () -> onTheWay), new DispatcherMetrics(registry), threads,
            timers, () -> read, new ContainedFaults(registry));
    /** So many that two calls are never in the same one. */
    private static final int PARTITIONS = 1_000_000;
    private final KeptPartitions kept = new KeptPartitions(List.of(Topics.EVENTS), () -> PARTITIONS, System::nanoTime);
    private final Watches watches = new Watches(
            tools, new RecentCalls(Clock.systemUTC(), Duration.ofMinutes(1)), new Places(Clock.systemUTC(), Duration.ofMinutes(1)),
            new PlayedRooms(), kept);

    @AfterEach
    void stop() {
        timers.shutdownNow();
        threads.shutdownNow();
        nowhere.close();
    }

    private Envelope admitted(Instant when, List<Agent> agents) {
        return admitted(when, agents, "room");
    }

    private Envelope admitted(Instant when, List<Agent> agents, String room) {
        Envelope now = envelopes.first(
                new CallAdmitted(call, Routes.route(call, room, 1, agents, Optional.empty(), List.of()), List.of(), 30),
                Envelope.Owners.edge("edge-1"));
        return new Envelope(now.id(), now.source(), when, now.owners(), now.traceparent(), now.record());
    }

    private void seen(CallRecord record) {
        seen(envelopes.first(record, Envelope.Owners.NONE));
    }

    private void seen(Envelope envelope) {
        var sent = CallEventCodec.encode(envelope);
        var message = new ConsumerRecord<>(sent.topic(), 0, offset++, sent.key(), sent.value());
        sent.headers().forEach(message.headers()::add);
        watches.seen(message);
    }

    private Envelope left(Instant when, int patienceSeconds) {
        var route = Routes.route(call, "room", patienceSeconds, List.of(), Optional.of(DESK), List.of());
        Envelope now = envelopes.first(
                new AgentLeft(call, "anna", "PA_1", "standard", "client-initiated", 9_000, true, Optional.of(route)),
                Envelope.Owners.edge("edge-1"));
        return new Envelope(now.id(), now.source(), when, now.owners(), now.traceparent(), now.record());
    }

    private AgentUnavailable unavailable() throws UnreadableEventException {
        var sent = producer.history().getLast();
        var message = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(message.headers()::add);
        return (AgentUnavailable) CallEventCodec.decode(message).orElseThrow().record();
    }

    private CallEnded ended() {
        return new CallEnded(call, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1_000, Optional.empty());
    }

    private long told(Class<? extends CallRecord> type) {
        return producer.history().stream()
                .filter(message -> new String(message.headers().lastHeader(CallEventCodec.CE_TYPE).value())
                        .equals(EventTypes.nameOf(type)))
                .count();
    }

    private double watching() {
        return registry.get("trunkline.dispatcher.watching").gauge().value();
    }

    private double contained() {
        return registry.get("trunkline.contained.faults").tag("where", "agent-watch").counter().count();
    }

    private static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(until);
            Thread.sleep(10);
        }
    }

    @Test
    void patienceThatRanOutWhileNobodyReadIsNoPatienceForACallThatWasAnswered() throws Exception {
        read = new CompletableFuture<>();
        CompletionStage<Void> settled = watches.handle(admitted(Instant.now(), List.of()));
        Thread.sleep(1_500);
        assertThat(producer.history()).as("nobody knows yet what happened to the call").isEmpty();
        seen(new AgentJoined(call, "agent", "PA_1", "agent", 200));
        read.complete(null);
        assertThat(settled).succeedsWithin(Duration.ofSeconds(20));
        assertThat(told(AgentUnavailable.class)).isZero();
    }

    @Test
    void patienceThatRanOutWhileNobodyReadIsToldOnceThatIsKnown() throws Exception {
        read = new CompletableFuture<>();
        CompletionStage<Void> settled = watches.handle(admitted(Instant.now(), List.of()));
        Thread.sleep(1_500);
        assertThat(settled.toCompletableFuture()).isNotDone();
        read.complete(null);
        assertThat(settled).succeedsWithin(Duration.ofSeconds(20));
        assertThat(told(AgentUnavailable.class)).isEqualTo(1);
        eventually("nothing is left", () -> watching() == 0);
    }

    @Test
    void anAdmissionThatComesLateWaitsForWhatBecameOfItsCall() {
        read = new CompletableFuture<>();
        CompletionStage<Void> settled = watches.handle(admitted(Instant.now().minusSeconds(40), List.of()));
        assertThat(watching()).isZero();
        seen(ended());
        read.complete(null);
        assertThat(settled).succeedsWithin(Duration.ofSeconds(20));
        assertThat(watching()).isZero();
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void theClockOfALimiterTakesNothingOfACallersPatience() throws Exception {
        onTheWay = Duration.ofMillis(100);
        for (Duration off : List.of(Duration.ofHours(-1), Duration.ofHours(1))) {
            CompletionStage<Void> settled = watches.handle(admitted(Instant.now().plus(off), List.of()));
            eventually("it is watched", () -> watching() == 1);
            Thread.sleep(300);
            assertThat(settled.toCompletableFuture()).as("patience of a second, " + off).isNotDone();
            assertThat(settled).succeedsWithin(Duration.ofSeconds(20));
            producer.clear();
            eventually("nothing is left", () -> watching() == 0);
        }
    }

    @Test
    void anErrorWhileAnAgentIsAskedForEndsNeitherTheWatchNorItsPatience() throws Exception {
        // If there is no room, LiveKit's client throws something that is not a LiveKitException.
        CompletionStage<Void> settled =
                watches.handle(admitted(Instant.now(), List.of(new Agent("clerk", "")), null));
        assertThat(settled).succeedsWithin(Duration.ofSeconds(30));
        assertThat(told(AgentUnavailable.class)).isEqualTo(1);
        assertThat(contained()).isGreaterThanOrEqualTo(1);
        eventually("the seat is free and the watch forgotten", () -> watching() == 0);
    }

    @Test
    void aTimerThatCannotBeginIsTriedAgain() throws Exception {
        var tries = new AtomicInteger();
        var done = new CompletableFuture<Void>();
        var unlucky = new DispatcherTools(
                nowhere, new CallEventPublisher(producer), envelopes, Clock.systemUTC(),
            new RecordAges(Clock.systemUTC(), () -> onTheWay), new DispatcherMetrics(registry),
                threads, timers,
                () -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return CompletableFuture.completedFuture(null);
                },
                new ContainedFaults(registry));
        unlucky.later(Duration.ofMillis(1), () -> done.complete(null));
        assertThat(done).succeedsWithin(Duration.ofSeconds(20));
        assertThat(contained()).isEqualTo(1);
    }

    @Test
    void anErrorInOneWatchsTaskIsCountedAndTheNextTaskRuns() {
        var done = new CompletableFuture<Void>();
        tools.run(() -> {
            throw new StackOverflowError("on purpose");
        });
        tools.run(() -> done.complete(null));
        assertThat(done).succeedsWithin(Duration.ofSeconds(20));
    }

    private AgentJoined joined(String sid) {
        return new AgentJoined(call, "anna", sid, "standard", 200);
    }

    @Test
    void whenThePersonAtADeskLeavesAnotherIsWaitedForAndTheCallIsToldOnceNobodyCame() throws Exception {
        seen(joined("PA_1"));
        Envelope left = left(Instant.now(), 1);
        seen(left);
        CompletionStage<Void> settled = watches.handle(left);
        assertThat(settled).succeedsWithin(Duration.ofSeconds(20));
        assertThat(told(AgentUnavailable.class)).isEqualTo(1);
        assertThat(unavailable().left()).contains("anna");
        assertThat(unavailable().agents()).isEmpty();
        eventually("nothing is left", () -> watching() == 0);
    }

    @Test
    void whoeverComesAfterTheDepartureSettlesIt() {
        seen(joined("PA_1"));
        Envelope left = left(Instant.now(), 30);
        seen(left);
        CompletionStage<Void> settled = watches.handle(left);
        assertThat(settled.toCompletableFuture()).isNotDone();
        seen(joined("PA_2"));
        assertThat(settled).succeedsWithin(Duration.ofSeconds(20));
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void whoeverJoinedBeforeTheDepartureIsReadBeforeItIsJudged() {
        read = new CompletableFuture<>();
        Envelope left = left(Instant.now(), 30);
        // The group is ahead of the tail: the arrival that is read next belongs to the participant who has left.
        CompletionStage<Void> settled = watches.handle(left);
        seen(joined("PA_1"));
        seen(left);
        read.complete(null);
        assertThat(settled.toCompletableFuture()).isNotDone();
        seen(joined("PA_2"));
        assertThat(settled).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void aDepartureThatComesAgainAfterSomebodyTookThePlaceWatchesNothing() {
        Envelope left = left(Instant.now(), 30);
        seen(joined("PA_1"));
        seen(left);
        seen(joined("PA_2"));
        assertThat(watches.handle(left)).succeedsWithin(Duration.ofSeconds(20));
        assertThat(watching()).isZero();
    }

    @Test
    void anOlderDepartureThatComesAgainDoesNotDisturbTheWatchOfTheNewer() {
        Envelope first = left(Instant.now(), 30);
        Envelope second = left(Instant.now(), 30);
        seen(first);
        seen(joined("PA_2"));
        seen(second);
        CompletionStage<Void> waiting = watches.handle(second);
        assertThat(watches.handle(first)).succeedsWithin(Duration.ofSeconds(20));
        assertThat(waiting.toCompletableFuture()).isNotDone();
        assertThat(watching()).isEqualTo(1);
    }

    @Test
    void aDepartureThatComesTwiceIsWatchedOnce() {
        Envelope left = left(Instant.now(), 30);
        seen(left);
        CompletionStage<Void> first = watches.handle(left);
        CompletionStage<Void> second = watches.handle(left);
        assertThat(watching()).isEqualTo(1);
        seen(joined("PA_2"));
        assertThat(first).succeedsWithin(Duration.ofSeconds(20));
        assertThat(second).succeedsWithin(Duration.ofSeconds(20));
        assertThat(registry.get("trunkline.dispatcher.replacements").counter().count()).isEqualTo(1);
    }

    @Test
    void anAdmissionThatComesAgainAfterEverybodyLeftWatchesNothing() {
        seen(joined("PA_1"));
        seen(left(Instant.now(), 30));
        assertThat(watches.handle(admitted(Instant.now(), List.of()))).succeedsWithin(Duration.ofSeconds(20));
        assertThat(watching()).isZero();
    }

    @Test
    void aDepartureElsewhereEndsTheWatchHere() throws Exception {
        CompletionStage<Void> settled = watches.handle(admitted(Instant.now(), List.of(), "room"));
        // Another replica owns the partition now and handles the departure.
        seen(left(Instant.now(), 30));
        assertThat(settled).succeedsWithin(Duration.ofSeconds(20));
        eventually("nothing is left", () -> watching() == 0);
        assertThat(told(AgentUnavailable.class)).isZero();
    }

    @Test
    void aCallThatIsOverWaitsForNobodyThoughItsLastPersonLeft() {
        Envelope left = left(Instant.now(), 30);
        seen(left);
        seen(ended());
        assertThat(watches.handle(left)).succeedsWithin(Duration.ofSeconds(20));
        assertThat(watching()).isZero();
    }

    private final CallId leg = new CallId(UUID.randomUUID());

    private Envelope leg(boolean agentsStay) {
        return envelopes.first(Routes.leg(leg, call, "room", agentsStay), Envelope.Owners.edge("edge-1"));
    }

    private CallEnded legEnded() {
        return new CallEnded(leg, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1_000, Optional.empty());
    }

    @Test
    void forALegNobodyIsAskedAndItsAdmissionStaysOpenUntilItIsOver() {
        CompletionStage<Void> settled = watches.handle(leg(false));
        assertThat(settled.toCompletableFuture()).isNotDone();
        assertThat(watches.handle(leg(false)).toCompletableFuture()).as("the same again").isNotDone();
        assertThat(watching()).isZero();
        seen(legEnded());
        assertThat(settled).succeedsWithin(Duration.ofSeconds(20));
        assertThat(watches.handle(leg(false))).as("again, afterwards").succeedsWithin(Duration.ofSeconds(20));
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void aLegOfAForwardStaysOpenLikeThatOfATransfer() {
        CompletionStage<Void> settled = watches.handle(
                envelopes.first(Routes.leg(leg, call, "room", DialPurpose.FORWARD, false), Envelope.Owners.edge("edge-1")));
        assertThat(settled.toCompletableFuture()).isNotDone();
        seen(legEnded());
        assertThat(settled).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void forACallerWhoIsForwardedNobodyIsAskedAndNobodyIsMissed() {
        var admission = new CallAdmitted(call, Routes.forwarded(call, "room", List.of()), List.of(), 30);
        assertThat(watches.handle(envelopes.first(admission, Envelope.Owners.edge("edge-1"))).toCompletableFuture()).isCompleted();
        var gone = new AgentLeft(call, "anna", "PA_1", "standard", "client-initiated", 9_000, true, Optional.of(admission.route()));
        Envelope left = envelopes.first(gone, Envelope.Owners.edge("edge-1"));
        seen(left);
        assertThat(watches.handle(left).toCompletableFuture()).isCompleted();
        assertThat(watching()).isZero();
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void aForwardThatNamesAgentsAllTheSameIsWatched() throws Exception {
        var admission = new CallAdmitted(call, Routes.forwarded(call, "room", List.of(new Agent("demo", ""))), List.of(), 30);
        assertThat(watches.handle(envelopes.first(admission, Envelope.Owners.edge("edge-1")))).succeedsWithin(Duration.ofSeconds(20));
        assertThat(unavailable().agents()).containsExactly("demo");
    }

    @Test
    void aLegThatSpeaksWithAnAgentFirstStaysOpenForAsLongAsThatMayTake() {
        OutgoingLeg atOnce = Routes.leg(leg, call, "room", false).route().outgoing().orElseThrow();
        assertThat(HandOvers.longest(atOnce)).isEqualTo(Duration.ofSeconds(50));
        assertThat(HandOvers.longest(atOnce.consulting())).isEqualTo(Duration.ofSeconds(50).plusHours(1));
    }

    @Test
    void aLegAfterWhichAgentsStayIsNotWaitedFor() {
        assertThat(watches.handle(leg(true)).toCompletableFuture()).isCompleted();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoeverLeavesACallerThatWasHandedOverIsNotReplaced(boolean agentsStay) {
        seen(joined("PA_1"));
        seen(Routes.succeeded(leg, call, agentsStay));
        Envelope left = left(Instant.now(), 30);
        seen(left);
        assertThat(watches.handle(left).toCompletableFuture()).isCompleted();
        assertThat(watching()).isZero();
        assertThat(registry.get("trunkline.dispatcher.replacements").counter().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReplacementThatIsLookedForWhenTheCallerIsHandedOverIsNotMissed(boolean agentsStay) {
        seen(joined("PA_1"));
        Envelope left = left(Instant.now(), 30);
        seen(left);
        CompletionStage<Void> settled = watches.handle(left);
        assertThat(settled.toCompletableFuture()).isNotDone();
        seen(Routes.succeeded(leg, call, agentsStay));
        assertThat(settled).succeedsWithin(Duration.ofSeconds(20));
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void aCallThatWasHandedOverIsForgottenAtItsEnd() {
        var handOvers = new HandOvers(tools, new Stragglers(tools), kept, known -> false);
        handOvers.succeeded(Routes.succeeded(leg, call, true));
        assertThat(handOvers.handedOver(call)).isTrue();
        handOvers.over(call);
        assertThat(handOvers.handedOver(call)).isFalse();
    }

    private boolean isRead(CallId one) {
        return kept.wanted().containsKey(new TopicPartition(Topics.EVENTS, CallPartition.of(one.toString(), PARTITIONS)));
    }

    @Test
    void thePartitionOfACallIsReadUntilItsWatchIsOverWhoeverOwnsIt() throws Exception {
        CompletionStage<Void> settled = watches.handle(admitted(Instant.now(), List.of(), "room"));
        assertThat(isRead(call)).isTrue();
        seen(joined("PA_1"));
        assertThat(settled).succeedsWithin(Duration.ofSeconds(20));
        assertThat(isRead(call)).as("the dispatch is to be taken back at the end of the call").isTrue();
        seen(ended());
        eventually("the watch is over", () -> !isRead(call));
    }

    @Test
    void thePartitionOfACallWithTwoWatchesIsReadUntilTheLastIsOver() throws Exception {
        watches.handle(admitted(Instant.now(), List.of(), "room"));
        Envelope left = left(Instant.now(), 30);
        seen(left);
        watches.handle(left);
        assertThat(isRead(call)).isTrue();
        Thread.sleep(100);
        assertThat(isRead(call)).as("the first watch was superseded").isTrue();
        seen(ended());
        eventually("both watches are over", () -> !isRead(call));
    }

    @Test
    void thePartitionOfALegAndThatOfItsParentAreReadUntilTheTransferIsOverFromBeforeTheLegWasAdmitted() {
        Instant before = Instant.now();
        CompletionStage<Void> settled = watches.handle(leg(false));
        assertThat(isRead(leg)).isTrue();
        var parent = new TopicPartition(Topics.EVENTS, CallPartition.of(call.toString(), PARTITIONS));
        assertThat(kept.wanted().get(parent)).isInstanceOfSatisfying(
                TopicTail.Place.Time.class, since -> assertThat(since.instant()).isBefore(before));
        seen(legEnded());
        assertThat(settled).succeedsWithin(Duration.ofSeconds(20));
        assertThat(kept.wanted()).isEmpty();
    }

    @Test
    void whereNobodyIsToTakeThePlaceNothingIsDone() {
        var stay = new AgentLeft(call, "anna", "PA_1", "standard", "client-initiated", 9_000, true, Optional.empty());
        seen(stay);
        assertThat(watches.handle(envelopes.first(stay, Envelope.Owners.NONE))).succeedsWithin(Duration.ofSeconds(20));
        assertThat(watching()).isZero();
        assertThat(producer.history()).isEmpty();
    }
}
