package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaReady;
import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.RtcSettings;
import dev.trunkline.rtc.codec.G711;
import io.livekit.server.RoomServiceClient;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What calls leave behind, however they end; and calls while Kafka is down. The tests play the edge. */
class LifeCycleTest {
    private static final int KAFKA_PORT = 17_960;
    private static final KafkaAddress KAFKA = KafkaAddress.of("127.0.0.1:" + KAFKA_PORT);
    private static final URI LIVEKIT = URI.create("ws://127.0.0.1:17950");
    private static final String NOTHING = "calls 0, ports 0, rooms 0, timers 0, sockets 0";
    private static final int ROUNDS = 20;
    private static final int SHAKY_ROUNDS = 8;

    private static Backend kafka;
    private static Backend server;
    private static RoomServiceClient rooms;

    @BeforeAll
    static void start() throws Exception {
        kafka = Backends.chosen().kafka(KAFKA_PORT);
        TopicSetup.ensure(KAFKA, 2, (short) 1);
        server = Backends.chosen()
                .liveKit(new LiveKitSettings(LIVEKIT.getPort(), Surroundings.API_KEY, Surroundings.API_SECRET));
        rooms = RoomServiceClient.createClient(
                "http://127.0.0.1:" + LIVEKIT.getPort(), Surroundings.API_KEY, Surroundings.API_SECRET);
    }

    @AfterAll
    static void stop() {
        server.close();
        kafka.close();
    }

    private static OwnRelay relay(Clock clock, String edgeReply) throws Exception {
        return new OwnRelay(KAFKA, LIVEKIT, clock, Map.of(
                "trunkline.rtp.ports", "17970-17999", "trunkline.rtp.rest", "0s", "trunkline.media.timeout", "1s",
                "trunkline.media.heartbeat", "1s", "trunkline.media.edge-reply", edgeReply));
    }

    private static CallEnded hungUp(CallId call) {
        return new CallEnded(call, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1_000, Optional.empty());
    }

    private static CallAnswered answered(CallId call) {
        return new CallAnswered(call, "edge-t", AnswerPolicy.IMMEDIATE, 50, "sealed");
    }

    /** Throws an Error now and then when a call's own handling reads the clock. */
    private static final class ShakyClock extends Clock {
        private final Random random = new Random(7);
        private volatile boolean shaky;

        @Override
        public Instant instant() {
            if (shaky && Thread.currentThread().isVirtual() && random.nextInt(3) == 0) {
                throw new StackOverflowError("on purpose");
            }
            return Instant.now();
        }

        @Override
        public long millis() {
            return instant().toEpochMilli();
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

    private final List<CallId> all = new ArrayList<>();

    private CallAdmitted begun(Bus bus, CallAdmitted call) {
        all.add(call.callId());
        bus.say(call);
        return call;
    }

    private static String room() {
        return "life-" + UUID.randomUUID();
    }

    /** Runs concurrently one call for each way to end that the relay knows. */
    private void round(Bus bus, FakePhone phone) throws Exception {
        CallAdmitted hangsUp = begun(bus, TestCalls.admitted(room(), phone.offer()));
        CallAdmitted cancels = begun(bus, TestCalls.admitted(room(), phone.offer()));
        CallAdmitted roomCloses = begun(bus, TestCalls.admitted(room(), phone.offer()));
        CallAdmitted unspoken = begun(bus, TestCalls.admitted(room(), "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 18\r\n"));
        CallAdmitted roomMissing = begun(bus, TestCalls.toARoomThatMustExist(room(), phone.offer()));
        CallAdmitted silent = begun(bus, TestCalls.admitted(room(), phone.offer()));
        CallAdmitted elsewhere = begun(bus, TestCalls.admitted(room(), phone.offer()));
        try (FakePhone guesser = new FakePhone(G711.PCMU, 0x77)) {
            CallAdmitted guesses = begun(bus, TestCalls.withPin(room(), guesser.offer(), "7"));
            bus.say(hungUp(cancels.callId()));
            guesser.answered(((MediaReady) bus.await(guesses.callId(), MediaReady.class).record()).sdpAnswer());
            guesser.hum(440);
            bus.say(answered(guesses.callId()));
            for (int i = 0; i < 3; i++) {
                guesser.press(1);
                Thread.sleep(40);
            }
            bus.await(hangsUp.callId(), MediaReady.class);
            bus.say(hungUp(hangsUp.callId()));
            bus.await(silent.callId(), MediaReady.class);
            bus.say(answered(silent.callId()));
            bus.await(roomCloses.callId(), MediaReady.class);
            close(roomCloses.route().room());
            // A media.ready of another relay does not displace the first one; only the edge's last event ends the call.
            bus.await(elsewhere.callId(), MediaReady.class);
            bus.say(new MediaReady(elsewhere.callId(), "relay-x", "room", "PA_1", "v=0", "PCMU", 0));
            bus.say(hungUp(elsewhere.callId()));

            bus.await(unspoken.callId(), CallRejected.class);
            bus.await(roomMissing.callId(), CallRejected.class);
            bus.await(roomCloses.callId(), EndCall.class);
            bus.say(hungUp(roomCloses.callId()));
            bus.await(guesses.callId(), EndCall.class);
            bus.say(hungUp(guesses.callId()));
            // The edge does not publish the end; the relay does.
            bus.await(silent.callId(), CallEnded.class);
        }
    }

    private static void close(String room) throws IOException {
        rooms.deleteRoom(room).execute();
    }

    @Test
    void whateverEndsHundredsOfCallsNothingOfThemIsLeft() throws Exception {
        var clock = new ShakyClock();
        try (Bus bus = new Bus(KAFKA); OwnRelay relay = relay(clock, "2s"); FakePhone phone = new FakePhone(G711.PCMU, 0x55)) {
            for (int i = 0; i < ROUNDS; i++) {
                round(bus, phone);
            }
            assertThat(all).hasSize(8 * ROUNDS);
            for (CallId call : all) {
                assertThat(bus.count(call, CallEnded.class) + bus.count(call, CallRejected.class))
                        .as("last events of " + call).isEqualTo(1);
            }
            assertThat(relay.faults()).isZero();

            for (int i = 0; i < SHAKY_ROUNDS; i++) {
                clock.shaky = true;
                List<CallId> some = new ArrayList<>();
                for (int j = 0; j < 12; j++) {
                    some.add(begun(bus, TestCalls.admitted(room(), phone.offer())).callId());
                }
                for (CallId call : some) {
                    bus.say(answered(call));
                }
                Thread.sleep(500);
                for (CallId call : some) {
                    bus.say(hungUp(call));
                }
                clock.shaky = false;
            }
            assertThat(relay.faults()).isPositive();
            Await.untilTrue("nothing is left: " + relay.leftOver(), Duration.ofSeconds(15), () ->
                    relay.leftOver().equals(NOTHING));
            assertThat(relay.relay.hindrance()).isEmpty();
            // The next call works like the first.
            CallAdmitted last = begun(bus, TestCalls.admitted(room(), phone.offer()));
            bus.await(last.callId(), MediaReady.class);
            bus.say(hungUp(last.callId()));
            Await.untilTrue("nothing is left", () -> relay.leftOver().equals(NOTHING));
        }
    }

    @Test
    void whileKafkaIsAwayCallsGoOnAndNoneIsTakenForOneOfADeadEdge() throws Exception {
        try (OwnRelay relay = relay(Clock.systemUTC(), "1s");
                LiveKitRtc rtc = LiveKitRtc.create(RtcSettings.defaults().withLoops(1));
                FakePhone phone = new FakePhone(G711.PCMU, 0x66)) {
            CallAdmitted call;
            CallAdmitted closed;
            try (Bus before = new Bus(KAFKA)) {
                call = begun(before, TestCalls.admitted(room(), phone.offer()));
                closed = begun(before, TestCalls.admitted(room(), phone.offer()));
                var ready = (MediaReady) before.await(call.callId(), MediaReady.class).record();
                before.await(closed.callId(), MediaReady.class);
                phone.answered(ready.sdpAnswer());
                before.say(answered(call.callId()));
                before.await(call.callId(), CallHeartbeat.class);
            }
            var agent = new FakeAgent(LIVEKIT, rtc, call.route().room(), "agent-1", AudioCodec.PCMU);
            phone.hum(440);
            Await.untilTrue("the phone hears its tone", () -> phone.hears(440));

            kafka.stop();
            Await.untilTrue("health says that Kafka is not read", () -> relay.relay.hindrance().contains("Kafka"));
            close(closed.route().room());
            int heard = phone.heard.size();
            // Five times as long as the edge has to respond.
            Await.untilTrue("audio goes on", () -> phone.heard.size() > heard + 250 && phone.hears(440));
            assertThat(relay.relay.calls()).isEqualTo(2);
            assertThat(relay.relay.silentLoops()).isEmpty();

            kafka.start();
            try (Bus bus = new Bus(KAFKA)) {
                // The event is late but still in time: the relay's timeout begins when Kafka has its request.
                bus.say(hungUp(closed.callId()));
                Await.untilTrue("Kafka is read again", Duration.ofSeconds(60), () -> relay.relay.hindrance().isEmpty());
                bus.await(call.callId(), CallHeartbeat.class);
                assertThat(bus.count(call.callId(), EndCall.class)).isZero();
                assertThat(bus.count(call.callId(), CallEnded.class)).isZero();
                bus.await(closed.callId(), CallEnded.class);
                assertThat(bus.count(closed.callId(), CallEnded.class)).isEqualTo(1);
                bus.say(hungUp(call.callId()));
                Await.untilTrue("the calls are over", () -> relay.relay.calls() == 0);
            }
            agent.close();
        }
    }
}
