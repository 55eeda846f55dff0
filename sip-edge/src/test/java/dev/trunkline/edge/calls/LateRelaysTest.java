package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallPartition;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.edge.metrics.EdgeMetrics;
import dev.trunkline.edge.sdp.SdpKeys;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Caller;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Limits;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.Topics;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.Sealer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class LateRelaysTest {
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final CallId CALL = CallId.of("01900000-0000-7000-8000-000000000001");
    private static final String KEY = CALL.toString();
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final Envelope LAST = envelope(
            new CallEnded(CALL, "sip-edge", EndReason.CANCELLED, "", false, 0, Optional.empty()));

    private record Timer(Duration delay, Runnable task) {}

    private final List<Timer> timers = new ArrayList<>();
    private final MockProducer<String, byte[]> kafka =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final KeptPartitions kept = new KeptPartitions(List.of(Topics.EVENTS), () -> 4, () -> 0);
    private final LateRelays relays = new LateRelays(
            SHORT, LONG, (delay, task) -> timers.add(new Timer(delay, task)),
            new Outbox(new CallEventPublisher(kafka), new SdpKeys(new Sealer(new byte[32], new SecureRandom())),
                    new EdgeMetrics(new SimpleMeterRegistry()), new ContainedFaults(new SimpleMeterRegistry())), kept);

    private static Envelope envelope(CallRecord record) {
        return new Envelope(new UUID(1, 2), "/test/1", NOW, Owners.edge("edge-1"), "", record);
    }

    private static Envelope admitted() {
        var invite = new InviteReceived(CALL, "edge-1", new TrunkRef("t", "t"), "id", "+3225550100", "025550100",
                new Caller("00", false), "v1.x", "v=0\r\n", "192.0.2.1:5060", NOW, NOW);
        var limits = new Limits(
                new Limits.CallerRate(10, 3600, RateScope.NUMBER), OptionalInt.empty(), OptionalInt.empty());
        return envelope(new CallAdmitted(CALL,
                new CallRouted.Builder(CALL, invite, new OrganisationRef("o", "o"), "+3225550100", new RuleRef("r", "r"), "room")
                        .config(EventJson.MAPPER.createObjectNode())
                        .limits(limits)
                        .answerPolicy(AnswerPolicy.ON_AGENT)
                        .patienceSeconds(20)
                        .build(),
                List.of(), 30));
    }

    private static Envelope mediaReady() {
        return envelope(new MediaReady(CALL, "relay-2", "room", "PA_1", "v=0\r\n", "PCMU", 0));
    }

    @Test
    void saysTheLastEventAgainToARelayThatComesLate() {
        relays.remember(LAST, true);
        relays.hear(mediaReady());
        assertThat(kafka.history()).singleElement().satisfies(said -> {
            assertThat(said.key()).isEqualTo(KEY);
            assertThat(CallEventCodec.text(said.headers(), CallEventCodec.CE_RELAY)).contains("relay-2");
            assertThat(new String(said.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                    .isEqualTo(LAST.id().toString());
        });
    }

    @Test
    void forgetsACallThatWasNotAdmittedSoon() {
        relays.remember(LAST, false);
        assertThat(relays.remembers(KEY)).isTrue();
        assertThat(timers).singleElement().satisfies(timer -> assertThat(timer.delay()).isEqualTo(SHORT));
        timers.getFirst().task().run();
        assertThat(relays.remembers(KEY)).isFalse();
        relays.hear(mediaReady());
        assertThat(kafka.history()).isEmpty();
    }

    @Test
    void remembersAnAdmittedCallLong() {
        relays.remember(LAST, true);
        assertThat(timers).singleElement().satisfies(timer -> assertThat(timer.delay()).isEqualTo(LONG));
        timers.getFirst().task().run();
        assertThat(relays.remembers(KEY)).isFalse();
    }

    @Test
    void remembersACallLongThatIsAdmittedTooLate() {
        relays.remember(LAST, false);
        relays.hear(admitted());
        timers.getFirst().task().run();
        assertThat(relays.remembers(KEY)).as("the short time is no longer what counts").isTrue();
        relays.hear(mediaReady());
        assertThat(kafka.history()).hasSize(1);
        assertThat(timers.getLast().delay()).isEqualTo(LONG);
        timers.getLast().task().run();
        assertThat(relays.remembers(KEY)).isFalse();
    }

    @Test
    void saysNothingOfOtherEventsAndOtherCalls() {
        relays.hear(mediaReady());
        relays.remember(LAST, true);
        relays.hear(envelope(new AgentUnavailable(CALL, List.of("demo"), 20, "nobody came")));
        assertThat(kafka.history()).isEmpty();
        assertThat(relays.remembers(null)).isFalse();
        assertThat(relays.remembers("01900000-0000-7000-8000-000000000002")).isFalse();
    }

    @Test
    void thePartitionOfACallThatIsRememberedIsRead() {
        int partition = CallPartition.of(KEY, 4);
        relays.remember(LAST, false);
        relays.hear(admitted());
        assertThat(kept.wanted()).containsOnlyKeys(new TopicPartition(Topics.EVENTS, partition));
        timers.getFirst().task().run();
        assertThat(kept.wanted()).as("it is remembered still").hasSize(1);
        timers.getLast().task().run();
        assertThat(kept.wanted()).isEmpty();
    }
}
