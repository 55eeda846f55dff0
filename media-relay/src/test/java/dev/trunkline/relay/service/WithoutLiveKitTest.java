package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RelayState;
import dev.trunkline.relay.calls.MediaRelay;
import dev.trunkline.rtc.codec.G711;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A relay whose LiveKit is down, and one whose Kafka goes down; what it reports about itself meanwhile. */
class WithoutLiveKitTest {
    private static final int KAFKA_PORT = 17_960;
    private static final KafkaAddress KAFKA = KafkaAddress.of("127.0.0.1:" + KAFKA_PORT);
    private static Backend kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = Backends.chosen().kafka(KAFKA_PORT);
        TopicSetup.ensure(KAFKA, 2, (short) 1);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    /**
     * Creates a relay with room for calls of the previous test, which Kafka delivers to it until it reads that they are
     * over.
     */
    private static OwnRelay relay(int liveKit) throws Exception {
        return relay(liveKit, "17970-17989");
    }

    private static OwnRelay relay(int liveKit, String ports) throws Exception {
        return new OwnRelay(KAFKA, URI.create("ws://127.0.0.1:" + liveKit), Clock.systemUTC(), Map.of(
                "trunkline.rtp.ports", ports, "trunkline.rtp.rest", "0s", "trunkline.media.edge-reply", "500ms"));
    }

    private static CallAdmitted begin(Bus bus, FakePhone phone) {
        CallAdmitted call = TestCalls.admitted("away-" + UUID.randomUUID(), phone.offer());
        bus.say(call);
        return call;
    }

    private static void assertRefused(Bus bus, OwnRelay relay, CallAdmitted call) throws Exception {
        var rejected = (CallRejected) bus.await(call.callId(), CallRejected.class).record();
        assertThat(rejected.reason()).isEqualTo(RefusalReason.LIVEKIT_UNAVAILABLE);
        assertThat(rejected.status()).isEqualTo(503);
        assertThat(rejected.trace()).extracting("step").contains("room-unreachable");
        Await.untilTrue("nothing is left", () ->
                relay.leftOver().equals("calls 0, ports 0, rooms 0, timers 0, sockets 0"));
        assertThat(bus.count(call.callId(), CallRejected.class)).isEqualTo(1);
    }

    @Test
    void aCallIsRefusedByTheRightNameWhereNothingListens() throws Exception {
        try (Bus bus = new Bus(KAFKA); OwnRelay relay = relay(17_959); FakePhone phone = new FakePhone(G711.PCMU, 1)) {
            assertRefused(bus, relay, begin(bus, phone));
        }
    }

    @Test
    void aCallIsRefusedWithinTheJoinsTimeWhereSomebodyListensAndSaysNothing() throws Exception {
        // The kernel accepts connections but nobody answers, as with a server that hangs.
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Bus bus = new Bus(KAFKA);
                OwnRelay relay = relay(hanging.getLocalPort());
                FakePhone phone = new FakePhone(G711.PCMU, 1)) {
            assertRefused(bus, relay, begin(bus, phone));
        }
    }

    @Test
    void theRelaySaysWhatItDoesWithNewCallsAndItsLastWordIsThatItIsGone() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Bus bus = new Bus(KAFKA);
                Relays relays = new Relays(KAFKA);
                FakePhone phone = new FakePhone(G711.PCMU, 1)) {
            MediaRelay ended;
            try (OwnRelay relay = relay(hanging.getLocalPort(), "17970-17973")) {
                ended = relay.relay;
                Await.untilTrue("it says so each second", () -> relays.heard.stream()
                        .filter(heartbeat -> heartbeat.state() == RelayState.TAKING && heartbeat.calls() == 0).count() >= 3);
                CallAdmitted one = begin(bus, phone);
                CallAdmitted other = begin(bus, phone);
                Await.untilTrue("it is full", () -> relays.heard.stream()
                        .anyMatch(heartbeat -> heartbeat.state() == RelayState.FULL && heartbeat.calls() == 2));
                relay.relay.drain(Duration.ofSeconds(20));
                assertThat(relay.relay.hindrance()).isEqualTo("draining");
                // If these calls were not rejected here, Kafka would deliver them to the next test's relay, where they would
                // remain.
                bus.await(one.callId(), CallRejected.class);
                bus.await(other.callId(), CallRejected.class);
            }
            Await.untilTrue("it is gone", () -> relays.said(RelayState.GONE));
            assertThat(relays.said(RelayState.DRAINING)).isTrue();
            assertThat(relays.heard).allMatch(heartbeat -> heartbeat.relay().equals("relay-own"));
            assertThat(relays.heard.getLast().state()).isEqualTo(RelayState.GONE);
            assertThat(ended.calls()).isZero();
        }
    }
}
