package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallPartition;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.relay.RelayMetrics;
import dev.trunkline.relay.bridge.MediaShop;
import dev.trunkline.relay.pin.PinThrottle;
import dev.trunkline.relay.ports.PortPool;
import dev.trunkline.relay.ports.PortRange;
import dev.trunkline.relay.ports.RtpBinding;
import dev.trunkline.relay.room.LiveKitAddress;
import dev.trunkline.relay.room.RoomJoiner;
import dev.trunkline.relay.room.RoomService;
import dev.trunkline.relay.room.RoomTokens;
import dev.trunkline.relay.sdp.OfferJudge;
import dev.trunkline.relay.sdp.OwnAddresses;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.relay.service.TestCalls;
import dev.trunkline.relay.sounds.SoundLibrary;
import dev.trunkline.relay.transfer.Consultation;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.RtcSettings;
import dev.trunkline.rtc.codec.OpusCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hundreds of calls, without Kafka and with a LiveKit that is down, and what they leave behind. The test plays the edge. */
class CallEndsTest {
    private static final int ROUNDS = 25;
    private static final String NOTHING = "calls 0, ports 0, rooms 0, timers 0, sockets 0";
    private static final String SPOKEN =
            "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 9 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";
    private static final String UNSPOKEN = "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 9 RTP/AVP 18\r\n";

    /** Throws an Error now and then when a call's own handling reads the clock. */
    private static final class ShakyClock extends Clock {
        private final Random random = new Random(7);
        private final AtomicInteger thrown = new AtomicInteger();
        private volatile boolean shaky;
        private volatile Runnable atNextLook = () -> {};

        @Override
        public Instant instant() {
            Runnable task = atNextLook;
            atNextLook = () -> {};
            task.run();
            if (shaky && Thread.currentThread().isVirtual() && random.nextInt(3) == 0) {
                thrown.incrementAndGet();
                throw new StackOverflowError("on purpose");
            }
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return Clock.systemUTC().getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final ShakyClock clock = new ShakyClock();
    private final Random random = new Random(3);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ContainedFaults faults = new ContainedFaults(registry);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LiveKitRtc rtc = LiveKitRtc.create(RtcSettings.defaults().withLoops(1)
            .withBindAddress(InetAddress.getLoopbackAddress()).withFaults(faults::caught));
    private final PortPool ports = new PortPool(new PortRange(17_930, 17_949), Duration.ZERO, Clock.systemUTC(), new Random(1));
    private final Envelopes edge = new Envelopes("/test/t", Clock.systemUTC(), UUID::randomUUID);
    private final KeptPartitions kept = new KeptPartitions(List.of(Topics.EVENTS), () -> 4, System::nanoTime);
    private final Calls calls = new Calls(clock, kept);
    private volatile Duration onTheWay = Duration.ofMillis(500);
    private final CallIntake intake = intake();

    private CallIntake intake() {
        var liveKit = new LiveKitAddress(URI.create("ws://127.0.0.1:17959"), "key", "a-secret-with-more-than-32-characters");
        var tokens = new RoomTokens(liveKit, clock);
        var metrics = new RelayMetrics(registry);
        var kafka = new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        var context = new CallContext(
                "relay-t", RtpBinding.of(InetAddress.getLoopbackAddress()), OwnAddresses.of(InetAddress.getLoopbackAddress()), ports, rtc::nextLoop,
                new MediaShop(OpusCodec.detect(), Duration.ofSeconds(1), Duration.ofMinutes(30), 1, false, Clock.systemUTC(), System::nanoTime, random,
                        metrics, faults::caught),
                new OfferJudge(EnumSet.allOf(PhoneCodec.class), OwnAddresses.of(InetAddress.getLoopbackAddress()), false), Optional.empty(),
                new SoundLibrary(OpusCodec.detect()), Optional.empty(),
                new RoomJoiner(rtc, liveKit, tokens, new RoomService(liveKit, threads), random),
                new SealedCallers(TestCalls.SEALER), TestCalls.SEALER, new CallEventPublisher(kafka),
                new Envelopes("/media-relay/t", clock, UUID::randomUUID),
                new CallTimes(Duration.ofMillis(50), Duration.ofMinutes(5), Duration.ofSeconds(5), Duration.ofSeconds(1)),
                new Consultation.Terms(Duration.ofMinutes(2), Optional.empty()),
                threads, clock, random,
                new CallGuards(faults, () -> CompletableFuture.completedStage(null), new PinThrottle(System::currentTimeMillis)),
                metrics);
        return new CallIntake(context, calls, new Capacity(calls, ports, 1_000, 0.9, () -> true, member -> {}, System::nanoTime),
                new GivenRooms(Runnable::run, System::nanoTime, new RelayMetrics(new SimpleMeterRegistry())),
                new RecordAges(clock, () -> onTheWay));
    }

    @AfterEach
    void stop() {
        rtc.close();
        threads.close();
    }

    private CallId begin(CallAdmitted call) {
        Envelope envelope = edge.first(call, Owners.edge("edge-t"));
        // Events are handled on a virtual thread; the handler returns once the call is taken or rejected.
        CompletableFuture.runAsync(faults.guarded("test", () -> intake.handle(envelope)), threads).join();
        return call.callId();
    }

    private void say(CallId call, CallRecord record) {
        calls.find(call.toString()).ifPresent(taken -> taken.heard(edge.first(record, Owners.edge("edge-t"))));
    }

    private void answer(CallId call) {
        say(call, new CallAnswered(call, "edge-t", AnswerPolicy.IMMEDIATE, 50, "sealed"));
    }

    private void press(CallId call, String key) {
        say(call, new DtmfReceived(call, true, 100, Optional.of(
                TestCalls.SEALER.seal(call, key.getBytes(StandardCharsets.US_ASCII)))));
    }

    private void hangUp(CallId call) {
        say(call, new CallEnded(call, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1_000, Optional.empty()));
    }

    private String leftOver() {
        return "calls %d, ports %d, rooms %d, timers %d, sockets %d".formatted(
                calls.count(), ports.inUse(), rtc.rooms(), rtc.loops().getFirst().timers(), rtc.loops().getFirst().sockets());
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - until).as(what).isNegative();
            Thread.sleep(10);
        }
    }

    private static String room() {
        return "room-" + UUID.randomUUID();
    }

    /** @param off difference between our clock and that of the limiter that admits the call */
    private void admittedBy(Duration off) {
        var limiter = new Envelopes("/test/t", Clock.offset(Clock.systemUTC(), off), UUID::randomUUID);
        Envelope envelope = limiter.first(TestCalls.admitted(room(), SPOKEN), Owners.edge("edge-t"));
        CompletableFuture.runAsync(faults.guarded("test", () -> intake.handle(envelope)), threads).join();
    }

    @Test
    void theClockOfALimiterMakesNoAdmissionStaleWhileTheRelayKeepsUp() throws Exception {
        admittedBy(Duration.ofHours(-1));
        admittedBy(Duration.ofHours(1));
        assertThat(registry.get("trunkline.relay.calls.taken").counter().count()).isEqualTo(2);

        onTheWay = Duration.ofHours(2);
        admittedBy(Duration.ofHours(-1));
        assertThat(registry.get("trunkline.relay.calls.taken").counter().count()).as("read after an outage").isEqualTo(2);
        await("they are over", () -> calls.count() == 0);
    }

    @Test
    void whateverEndsACallNothingOfItIsLeft() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            begin(TestCalls.admitted(room(), SPOKEN));
            begin(TestCalls.admitted(room(), UNSPOKEN));
            begin(TestCalls.toARoomThatMustExist(room(), SPOKEN));
            CallId hangsUp = begin(TestCalls.withPin(room(), SPOKEN, "7"));
            CallId guesses = begin(TestCalls.withPin(room(), SPOKEN, "7"));
            CallId right = begin(TestCalls.withPin(room(), SPOKEN, "7"));
            CallId silent = begin(TestCalls.withPin(room(), SPOKEN, "7"));
            for (CallId call : List.of(hangsUp, guesses, right, silent)) {
                answer(call);
            }
            hangUp(hangsUp);
            for (int j = 0; j < 3; j++) {
                press(guesses, "1");
            }
            press(right, "7");
            await("they are over, but for what is left: " + leftOver(), () -> calls.count() == 0);
        }
        assertThat(registry.find("trunkline.contained.faults").counters()).isEmpty();
        assertThat(registry.get("trunkline.relay.calls.taken").counter().count()).isEqualTo(ROUNDS * 6);
        assertThat(registry.get("trunkline.relay.calls.refused").tag("reason", "livekit-unavailable").counter().count())
                .isEqualTo(ROUNDS * 2);
        assertThat(registry.get("trunkline.relay.calls.refused").tag("reason", "no-common-codec").counter().count())
                .isEqualTo(ROUNDS);
        await("nothing is left", () -> leftOver().equals(NOTHING));
    }

    @Test
    void whateverACallThrowsNothingOfItIsLeftAndTheNextIsAsGoodAsAny() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            clock.shaky = true;
            List<CallId> some = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                some.add(begin(TestCalls.admitted(room(), SPOKEN)));
                some.add(begin(TestCalls.withPin(room(), SPOKEN, "7")));
            }
            for (CallId call : some) {
                answer(call);
                press(call, "7");
            }
            Thread.sleep(20);
            clock.shaky = false;
            some.forEach(this::hangUp);
            await("they are over", () -> calls.count() == 0 && ports.inUse() == 0);
        }
        assertThat(clock.thrown.get()).isGreaterThan(ROUNDS);
        await("nothing is left", () -> leftOver().equals(NOTHING));

        CallId next = begin(TestCalls.withPin(room(), SPOKEN, "7"));
        assertThat(calls.count()).isEqualTo(1);
        hangUp(next);
        await("nothing is left", () -> leftOver().equals(NOTHING));
    }

    @Test
    void thePartitionsOfItsCallsAreReadAndACallsRecordIsToldOnce() throws Exception {
        CallId call = begin(TestCalls.withPin(room(), SPOKEN, "7"));
        String key = call.toString();
        int partition = CallPartition.of(key, 4);
        assertThat(kept.wanted()).containsOnlyKeys(new TopicPartition(Topics.EVENTS, partition));
        assertThat(calls.hearing(key, 17)).isPresent();
        assertThat(calls.hearing(key, 17)).as("it was told that").isEmpty();
        assertThat(calls.hearing(key, 3)).as("the partition is read again from further back").isEmpty();
        assertThat(calls.hearing(key, 18)).isPresent();
        assertThat(calls.hearing(CallId.of("01900000-0000-7000-8000-000000000001").toString(), 19)).isEmpty();
        hangUp(call);
        await("nothing is left", () -> leftOver().equals(NOTHING));
        assertThat(kept.wanted()).isEmpty();
    }

    @Test
    void aCallWhoseLastEventGoesByWhileItIsTakenIsOver() throws Exception {
        CallAdmitted admitted = TestCalls.withPin(room(), SPOKEN, "7");
        // Runs after the check whether the call is over and just before the call is registered to receive events.
        clock.atNextLook = () -> calls.ended(admitted.callId().toString());
        begin(admitted);
        await("nothing is left", () -> leftOver().equals(NOTHING));
        assertThat(registry.get("trunkline.relay.calls.taken").counter().count()).isEqualTo(1);
    }
}
