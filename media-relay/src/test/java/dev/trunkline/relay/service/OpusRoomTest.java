package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaReady;
import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import dev.trunkline.relay.RelayMetrics;
import dev.trunkline.relay.RelaySettings;
import dev.trunkline.relay.calls.MediaRelay;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.RtcSettings;
import dev.trunkline.rtc.codec.G711;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A relay with a LiveKit server whose rooms enable no G.711, a phone without telephone-event, and a relay that is stopped
 * during a call.
 */
class OpusRoomTest {
    private static final URI LIVEKIT = URI.create("ws://127.0.0.1:17950");
    private static final KafkaAddress KAFKA = KafkaAddress.of("127.0.0.1:17960");

    private static RelaySettings settings() {
        Map<String, String> values = Map.ofEntries(
                Map.entry("trunkline.kafka", KAFKA.bootstrapServers()),
                Map.entry("trunkline.instance", "relay-o"),
                Map.entry("trunkline.seal-key", Surroundings.SEAL_KEY),
                Map.entry("trunkline.livekit.url", LIVEKIT.toString()),
                Map.entry("trunkline.livekit.api-key", Surroundings.API_KEY),
                Map.entry("trunkline.livekit.api-secret", Surroundings.API_SECRET),
                Map.entry("trunkline.rtp.ports", "17970-17979"),
                Map.entry("trunkline.media.inband-keys", "true"),
                Map.entry("trunkline.media.edge-reply", "500ms"));
        return new SmallRyeConfigBuilder()
                .withMapping(RelaySettings.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(RelaySettings.class);
    }

    @Test
    void theCallerIsHeardInOpusAndHearsOpus() throws Exception {
        var liveKit = new LiveKitSettings(17950, Surroundings.API_KEY, Surroundings.API_SECRET, List.of("audio/opus"));
        try (Backend kafka = Backends.chosen().kafka(17960); Backend server = Backends.chosen().liveKit(liveKit)) {
            TopicSetup.ensure(KAFKA, 2, (short) 1);
            assertThat(server.address()).isEqualTo(LIVEKIT.toString());
            assertThat(kafka.address()).isEqualTo(KAFKA.bootstrapServers());
            var registry = new SimpleMeterRegistry();
            MediaRelay relay = MediaRelay.create(
                    settings(), new RelayMetrics(registry), new ContainedFaults(registry), Clock.systemUTC());
            Thread.ofVirtual().start(relay::start);
            try (Bus bus = new Bus(KAFKA);
                    LiveKitRtc rtc = LiveKitRtc.create(RtcSettings.defaults().withLoops(1));
                    FakePhone phone = new FakePhone(G711.PCMA, 0x77)) {
                Await.untilTrue("the relay is ready", () -> relay.hindrance().isEmpty());
                CallAdmitted admitted = TestCalls.admitted(
                        "opus-room", phone.offer().replace(" 101 13\r\n", "\r\n"));
                bus.say(admitted);
                var ready = (MediaReady) bus.await(admitted.callId(), MediaReady.class).record();
                FakeAgent agent = new FakeAgent(LIVEKIT, rtc, ready.room(), "agent-1", AudioCodec.OPUS);
                bus.await(admitted.callId(), AgentJoined.class);
                phone.answered(ready.sdpAnswer());
                bus.say(new CallAnswered(admitted.callId(), "edge-t", AnswerPolicy.ON_AGENT, 50, "sealed"));
                phone.hum(440);
                Await.untilTrue("the phone hears its tone", () -> phone.hears(440));
                assertThat(agent.caller().audioTracks().getFirst().mimeType()).isEqualToIgnoringCase("audio/opus");

                // This phone has no telephone-event, so it sends keys as tones.
                phone.hum(770, 1_336);
                Await.untilTrue("the agent gets the key", () -> !agent.data.isEmpty());
                phone.hum(440, 0);
                var key = (DtmfReceived) bus.await(admitted.callId(), DtmfReceived.class).record();
                assertThat(key.fromCaller()).isTrue();
                assertThat(agent.data).containsExactly(new DataMessage.SipDtmf(5, "5"));

                relay.drain(Duration.ofMillis(200));
                var end = (EndCall) bus.await(admitted.callId(), EndCall.class).record();
                assertThat(end.reason()).isEqualTo(EndReason.SHUTDOWN);
                // There is no edge, so the relay publishes the end before its process exits.
                var ended = (CallEnded) bus.await(admitted.callId(), CallEnded.class).record();
                assertThat(ended.reason()).isEqualTo(EndReason.SHUTDOWN);
                assertThat(ended.by()).isEqualTo("media-relay");
                assertThat(ended.durationMillis()).isPositive()
                        .isEqualTo(ended.summary().orElseThrow().talkMillis());
                assertThat(relay.calls()).isZero();
                assertThat(relay.hindrance()).isEqualTo("draining");
                agent.close();
            } finally {
                relay.close();
            }
        }
    }
}
