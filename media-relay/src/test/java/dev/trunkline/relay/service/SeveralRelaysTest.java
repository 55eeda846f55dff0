package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.bus.CallPartition;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RelayHeartbeat;
import dev.trunkline.events.RelayState;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TraceStep;
import dev.trunkline.rtc.codec.G711;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several relays, which share the partitions of the calls. Callers must enter a PIN, so no room is needed; the test plays the edge. */
class SeveralRelaysTest {
    private static final int KAFKA_PORT = 17_960;
    private static final KafkaAddress KAFKA = KafkaAddress.of("127.0.0.1:" + KAFKA_PORT);
    private static final int PARTITIONS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> PORTS = List.of("17970-17995", "17930-17949", "17996-17999", "17952-17957");

    private Backend kafka;
    private Bus bus;
    private FakePhone phone;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        kafka = Backends.chosen().kafka(KAFKA_PORT);
        TopicSetup.ensure(KAFKA, PARTITIONS, (short) 1);
        bus = new Bus(KAFKA);
        phone = new FakePhone(G711.PCMU, 1);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
        phone.close();
        bus.close();
        kafka.close();
    }

    private OwnRelay relay(int number, Map<String, String> more) throws Exception {
        var settings = new HashMap<>(Map.of(
                "trunkline.instance", "relay-" + number, "trunkline.rtp.ports", PORTS.get(number), "trunkline.rtp.rest", "0s",
                "trunkline.relay.loops", "1", "trunkline.media.edge-reply", "5s"));
        settings.putAll(more);
        var relay = new OwnRelay(KAFKA, URI.create("ws://127.0.0.1:17959"), Clock.systemUTC(), settings);
        open.add(relay);
        return relay;
    }

    private OwnRelay relay(int number) throws Exception {
        return relay(number, Map.of());
    }

    private static CallId callIn(int partition) {
        CallId call = new CallId(UUID.randomUUID());
        while (CallPartition.of(call.toString(), PARTITIONS) != partition) {
            call = new CallId(UUID.randomUUID());
        }
        return call;
    }

    private CallAdmitted callOf(CallId id) {
        return TestCalls.withPin(id, "room-" + UUID.randomUUID(), phone.offer(), "7");
    }

    /** @return the relay that took the call; empty if the call was rejected */
    private Optional<String> begin(CallId call) throws Exception {
        bus.say(callOf(call));
        Await.untilTrue("it is taken or refused", PATIENCE, () ->
                bus.count(call, MediaReady.class) + bus.count(call, CallRejected.class) > 0);
        return bus.count(call, MediaReady.class) > 0
                ? Optional.of(((MediaReady) bus.await(call, MediaReady.class).record()).relay())
                : Optional.empty();
    }

    private CallAdmitted leg(CallId id, boolean emergency) {
        OutgoingLeg usual = TestCalls.leg(DialPurpose.DIAL, Optional.empty(), SrtpUse.OFF);
        return TestCalls.goingOut(new OutgoingLeg(
                usual.purpose(), usual.parent(), usual.transfer(), usual.sealedTarget(), usual.ringingSeconds(), usual.longestSeconds(),
                usual.codecs(), usual.srtp(), emergency, usual.agentsStay(), Optional.empty(), Optional.empty()), callOf(id));
    }

    private void end(CallId call) {
        bus.say(new CallEnded(call, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1_000, Optional.empty()));
    }

    private static int assigned(OwnRelay relay) {
        return relay.gauge("trunkline.relay.partitions.assigned");
    }

    private static int partitionsRead(OwnRelay relay) {
        return relay.gauge("trunkline.relay.partitions.read");
    }

    private static double read(List<OwnRelay> relays, String by) {
        return relays.stream()
                .mapToDouble(relay -> relay.registry.get("trunkline.relay.read").tag("by", by).functionCounter().count())
                .sum();
    }

    /**
     * A relay learns of a partition with the first record that it reads there, so this publishes an event of another call in each
     * partition until the condition holds.
     */
    private void untilSaid(String what, BooleanSupplier condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("in time: " + what).isNegative();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                bus.say(new CallHeld(callIn(partition)));
            }
            Thread.sleep(200);
        }
    }

    private static boolean shared(List<OwnRelay> relays) {
        return relays.stream().mapToInt(SeveralRelaysTest::assigned).sum() == PARTITIONS
                && relays.stream().allMatch(relay -> assigned(relay) > 0 && partitionsRead(relay) == assigned(relay));
    }

    /** The relay's warden checks ten times for room between two heartbeats, which are a second apart. */
    private static void staysFullFor(int heartbeats, String name) throws Exception {
        try (Relays relays = new Relays(KAFKA)) {
            Supplier<List<RelayHeartbeat>> said =
                    () -> relays.heard.stream().filter(heartbeat -> heartbeat.relay().equals(name)).toList();
            Await.untilTrue("it has said how it is", PATIENCE, () -> said.get().size() >= heartbeats);
            assertThat(said.get()).allMatch(heartbeat -> heartbeat.state() == RelayState.FULL);
        }
    }

    /** Runs one call to its end in each partition, so that the owner of each partition has read it up to that event. */
    private void oneInEach(List<OwnRelay> relays) throws Exception {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            CallId id = callIn(partition);
            assertThat(begin(id)).isPresent();
            end(id);
            Await.untilTrue("it is over", PATIENCE, () ->
                    relays.stream().allMatch(relay -> relay.gauge("trunkline.relay.calls") == 0));
        }
    }

    @Test
    void eachEventIsReadByTheTailOfOneRelayHoweverManyThereAre() throws Exception {
        List<OwnRelay> relays = new ArrayList<>();
        for (int wanted : List.of(1, 2, 4)) {
            while (relays.size() < wanted) {
                relays.add(relay(relays.size()));
            }
            untilSaid(wanted + " relays share the partitions", () -> shared(relays));
            oneInEach(relays);
            long before = bus.events();
            double tailBefore = read(relays, "tail");
            double intakeBefore = read(relays, "intake");
            for (int round = 0; round < 3; round++) {
                oneInEach(relays);
            }
            long written = bus.events() - before;
            double tails = read(relays, "tail") - tailBefore;
            double intakes = read(relays, "intake") - intakeBefore;
            System.out.printf("%d relays: %d events, %.0f reads by tails, %.2f an event; %.0f by intakes, %.2f an event%n",
                    wanted, written, tails, tails / written, intakes, intakes / written);
            assertThat(shared(relays)).isTrue();
            assertThat(tails).isEqualTo(written);
            // In each partition the intake may not yet have read the last record when it was counted, here or before.
            assertThat(intakes).isBetween(written - 1.0 * PARTITIONS, written + 1.0 * PARTITIONS);
        }
    }

    @Test
    void whatBeganBeforePartitionsMovedEndsWhereItBegan() throws Exception {
        OwnRelay first = relay(0);
        untilSaid("all are its own", () -> shared(List.of(first)));
        Map<Integer, CallId> calls = new TreeMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            calls.put(partition, callIn(partition));
            assertThat(begin(calls.get(partition))).contains("relay-0");
        }
        OwnRelay second = relay(1);
        untilSaid("each has half, and the second reads its own alone", () ->
                assigned(first) == PARTITIONS / 2 && assigned(second) == PARTITIONS / 2 && partitionsRead(second) == PARTITIONS / 2);
        assertThat(partitionsRead(first)).isEqualTo(PARTITIONS);

        // Callers hang up in old and new partitions; the relay asks the edge to end the remaining calls.
        IntStream.range(0, PARTITIONS / 2).forEach(partition -> end(calls.remove(partition)));
        Await.untilTrue("those are over", PATIENCE, () -> first.gauge("trunkline.relay.calls") == calls.size());
        CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> {
            try {
                first.relay.drain(Duration.ZERO);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        for (CallId call : calls.values()) {
            bus.await(call, EndCall.class);
            end(call);
        }
        drained.get(60, TimeUnit.SECONDS);
        assertThat(first.gauge("trunkline.relay.calls")).isZero();
        bus.events();
        for (CallId call : calls.values()) {
            assertThat(bus.count(call, CallEnded.class)).as("the relay heard what the edge said").isEqualTo(1);
        }
        untilSaid("then the second has all, and the first reads nothing", () ->
                shared(List.of(second)) && partitionsRead(first) == 0);
    }

    @Test
    void aFullRelayLeavesTheGroupAndComesBackWhenItHasRoomEnough() throws Exception {
        OwnRelay small = relay(0, Map.of("trunkline.relay.max-calls", "10", "trunkline.relay.rejoin-at", "0.8"));
        List<CallId> own = new ArrayList<>();
        for (int call = 0; call < 10; call++) {
            own.add(callIn(call % PARTITIONS));
            assertThat(begin(own.getLast())).contains("relay-0");
        }
        CallId tooMany = callIn(0);
        assertThat(begin(tooMany)).as("who is alone stays, and refuses").isEmpty();
        CallAdmitted usual = leg(callIn(1), false);
        bus.say(usual);
        assertThat(((CallRejected) bus.await(usual.callId(), CallRejected.class).record()).trace()).extracting(TraceStep::step)
                .as("a call out too").contains("relay-full");
        CallAdmitted emergency = leg(callIn(2), true);
        bus.say(emergency);
        Await.untilTrue("an emergency call is taken", PATIENCE, () -> small.gauge("trunkline.relay.calls") == 11);
        end(emergency.callId());
        Await.untilTrue("it is over", PATIENCE, () -> small.gauge("trunkline.relay.calls") == 10);

        OwnRelay other = relay(1);
        untilSaid("the other has all partitions", () -> assigned(small) == 0 && assigned(other) == PARTITIONS);
        List<CallId> others = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            others.add(callIn(partition));
            assertThat(begin(others.getLast())).contains("relay-1");
        }
        end(own.removeLast());
        Await.untilTrue("one is over", PATIENCE, () -> small.gauge("trunkline.relay.calls") == 9);
        staysFullFor(3, "relay-0");
        assertThat(assigned(small)).as("nine of ten are too many to come back").isZero();
        assertThat(begin(callIn(3))).contains("relay-1");
        end(own.removeLast());
        untilSaid("eight are not", () -> assigned(small) == PARTITIONS / 2 && assigned(other) == PARTITIONS / 2);
        own.forEach(this::end);
        others.forEach(this::end);
        Await.untilTrue("its calls end where they began", PATIENCE, () -> small.gauge("trunkline.relay.calls") == 0);
    }
}
