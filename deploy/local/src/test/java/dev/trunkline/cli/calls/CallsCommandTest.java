package dev.trunkline.cli.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.cli.Shell;
import dev.trunkline.events.*;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.local.KafkaBroker;
import dev.trunkline.local.Ports;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls are listed out of a real Kafka. */
class CallsCommandTest {
    /** Records have the time at which they are written, so these calls are from today. */
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final OrganisationRef ACME = new OrganisationRef("o-1", "acme");
    private static final OrganisationRef OTHER = new OrganisationRef("o-2", "other");
    private static final TrunkRef TRUNK = new TrunkRef("t-1", "yeastar");
    private static final CallId ANSWERED = id(1);
    private static final CallId REFUSED = id(2);
    private static final CallId TRIAL = id(3);
    private static final CallId WITHOUT_SUMMARY = id(4);
    private static final CallId UP = id(5);
    private static final CallId UP_NO_MORE = id(6);
    private static final CallId UP_OUT = id(7);

    @TempDir
    static Path data;

    private static KafkaBroker kafka;

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeAll
    static void start() throws Exception {
        kafka = KafkaBroker.start(data, Ports.free());
        KafkaAddress address = KafkaAddress.of(kafka.bootstrapServers());
        TopicSetup.ensure(address, 3, (short) 1);
        CallEnded answered = new CallEnded(ANSWERED, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 19_500, Optional.empty())
                .with(summary("+3225550100", Optional.of(ACME), Optional.empty(), NOW, OptionalLong.of(445), 19_500, Optional.of("helper")));
        CallRejected refused = new CallRejected(
                REFUSED, RefusalReason.NUMBER_BUSY, 486, "Busy.", OptionalInt.empty(), "rate-limiter", TRUNK, "+3225550199",
                Optional.of(OTHER), List.of(), List.of(), Optional.empty())
                .with(summary("+3225550199", Optional.of(OTHER), Optional.empty(), NOW.plusSeconds(1), OptionalLong.empty(), 0, Optional.empty()));
        CallEnded trial = new CallEnded(TRIAL, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 100, Optional.empty())
                .with(summary("+3225550101", Optional.of(ACME), Optional.of(CallPurpose.TRIAL), NOW.plusSeconds(2), OptionalLong.of(30), 100,
                        Optional.of("demo")));
        CallEnded old = new CallEnded(WITHOUT_SUMMARY, "media-relay", EndReason.EDGE_LOST, "", true, 5_000, Optional.empty());
        try (CallEventPublisher publisher = new CallEventPublisher(address, "test")) {
            for (CallEvent event : List.of(answered, refused, trial, old,
                    // Published by a second process; the first event counts.
                    new CallEnded(ANSWERED, "media-relay", EndReason.EDGE_LOST, "", true, 1, Optional.empty()))) {
                publisher.publish(new Envelope(
                                UUID.randomUUID(), "/sip-edge/edge-1", NOW.plusSeconds(3), Owners.edge("edge-1"),
                                "00-%s-7638a8ce505681e0-01".formatted(event.callId().traceId()), event))
                        .toCompletableFuture().join();
            }
        }
        try (var producer = new KafkaProducer<>(
                java.util.Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(), new ByteArraySerializer())) {
            producer.send(live(UP, Optional.of("gpu"), Optional.empty(), 50)).get();
            producer.send(live(UP_OUT, Optional.empty(), Optional.of(CallDirection.OUTBOUND), 51)).get();
            producer.send(live(UP_NO_MORE, Optional.empty(), Optional.empty(), 50)).get();
            producer.send(new ProducerRecord<>(Topics.LIVE_CALLS, UP_NO_MORE.toString(), null)).get();
            producer.send(new ProducerRecord<>(Topics.LIVE_CALLS, "x", "no json".getBytes(StandardCharsets.UTF_8))).get();
        }
    }

    private static ProducerRecord<String, byte[]> live(
            CallId call, Optional<String> pool, Optional<CallDirection> direction, int second) throws Exception {
        LiveCall value = new LiveCall(call, ACME, "+3225550100", TRUNK, pool, Optional.empty(), NOW.plusSeconds(second), direction);
        return new ProducerRecord<>(Topics.LIVE_CALLS, call.toString(), EventJson.MAPPER.writeValueAsBytes(value));
    }

    private static CallSummary summary(
            String called, Optional<OrganisationRef> organisation, Optional<CallPurpose> purpose, Instant at, OptionalLong setup,
            long talk, Optional<String> agent) {
        return new CallSummary(
                CallDirection.INBOUND, purpose, TRUNK, called, "d14b5bc82fc769e3", organisation, Optional.of(called), Optional.empty(),
                Optional.empty(), agent, at, Optional.empty(), Optional.empty(), at.plusMillis(talk), setup, talk, Optional.empty(), Optional.empty());
    }

    private static CallId callId(String json) {
        try {
            return EventJson.MAPPER.readValue(json, LiveCall.class).callId();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static CallId id(int last) {
        return CallId.of("019a8c3e-5b7d-7c41-8000-%012x".formatted(last));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void shell() {
        shell = new Shell(folder).at(NOW.plusSeconds(60));
    }

    private int calls(String... words) {
        String[] line = new String[words.length + 3];
        line[0] = "calls";
        System.arraycopy(words, 0, line, 1, words.length);
        line[words.length + 1] = "--kafka";
        line[words.length + 2] = kafka.bootstrapServers();
        return shell.run(line);
    }

    @Test
    void eachCallIsALineOutOfItsFirstLastEventAndTrialCallsAreLeftOut() {
        assertThat(calls()).isZero();
        assertThat(shell.out().lines()).hasSize(4).satisfiesExactly(
                head -> assertThat(head).startsWith("when").endsWith("call"),
                answered -> assertThat(answered.split(" {2,}")).containsExactly(
                        NOW.toString().replace('T', ' ').replace("Z", ""), "in", "+3225550100", "acme", "d14b5bc8…", "caller-hung-up",
                        "445 ms", "19.5 s", "helper", ANSWERED.toString()),
                refused -> assertThat(refused).contains("other", "number-busy", REFUSED.toString()),
                old -> assertThat(old.split(" {2,}")).containsExactly(
                        NOW.plusSeconds(3).toString().replace('T', ' ').replace("Z", ""), "-", "-", "-", "-", "edge-lost", "-", "5.0 s", "-",
                        WITHOUT_SUMMARY.toString()));
        assertThat(shell.err()).isEqualTo("1 trial call is left out; --trial shows them.\n");
    }

    @Test
    void trialCallsAreShownWhereTheyAreAskedFor() {
        assertThat(calls("--trial")).isZero();
        assertThat(shell.out()).contains("caller-hung-up (trial)", TRIAL.toString());
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void oneOrganisationsOrOneNumbersCalls() {
        calls("--organisation", "other");
        assertThat(shell.out()).contains(REFUSED.toString()).doesNotContain(ANSWERED.toString());
        calls("--number", "3225550100");
        assertThat(shell.out()).contains(ANSWERED.toString()).doesNotContain(REFUSED.toString());
        assertThat(calls("--organisation", "nobody")).isZero();
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("No such call");
    }

    @Test
    void theLatestAreShownWhereThereAreMore() {
        calls("--limit", "1");
        assertThat(shell.out()).contains(WITHOUT_SUMMARY.toString()).doesNotContain(REFUSED.toString());
        assertThat(shell.err()).contains("The latest 1 of 3");
    }

    @Test
    void sinceBoundsTheList() {
        shell.at(NOW.plusSeconds(7_200));
        calls("--since", "1h");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void jsonHasTheSummaryOfTheContract() throws Exception {
        calls("--json");
        List<String> lines = shell.out().lines().toList();
        assertThat(lines).hasSize(3);
        JsonNode answered = new ObjectMapper().readTree(lines.getFirst());
        assertThat(answered.path("callId").asText()).isEqualTo(ANSWERED.toString());
        assertThat(answered.path("outcome").asText()).isEqualTo("caller-hung-up");
        assertThat(answered.path("refused").asBoolean()).isFalse();
        assertThat(answered.path("talkMillis").asLong()).isEqualTo(19_500);
        assertThat(answered.at("/organisation/name").asText()).isEqualTo("acme");
        assertThat(new ObjectMapper().readTree(lines.get(1)).path("refused").asBoolean()).isTrue();
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void liveCallsAreThoseWithoutATombstone() throws Exception {
        assertThat(calls("--live")).isZero();
        List<String> lines = shell.out().lines().toList();
        assertThat(lines.get(0).split(" {2,}")).containsExactly("admitted", "for", "way", "number", "organisation", "trunk", "pool", "call");
        assertThat(lines.get(1).split(" {2,}")).containsExactly(
                NOW.plusSeconds(50).toString().replace('T', ' ').replace("Z", ""), "10 s", "in", "+3225550100", "acme", "yeastar", "gpu",
                UP.toString());
        assertThat(lines.get(2).split(" {2,}")).containsExactly(
                NOW.plusSeconds(51).toString().replace('T', ' ').replace("Z", ""), "9 s", "out", "+3225550100", "acme", "yeastar", "-",
                UP_OUT.toString());
        assertThat(shell.out()).endsWith("\n2 up: 2 to +3225550100\n");
        calls("--live", "--json");
        assertThat(shell.out().lines().map(line -> callId(line))).containsExactly(UP, UP_OUT);
        assertThat(calls("--live", "--organisation", "other")).isZero();
        assertThat(shell.err()).contains("No such call is ongoing");
    }
}
