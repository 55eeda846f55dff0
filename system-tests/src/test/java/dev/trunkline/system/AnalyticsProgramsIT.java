package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.Topics;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.local.KafkaBroker;
import dev.trunkline.system.support.AnalyticsPrograms;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the page for analytics consumers, on a Kafka whose every event is known. */
class AnalyticsProgramsIT {
    private static final Optional<OrganisationRef> BAKERY = Optional.of(new OrganisationRef("b", "Bakery, \"Ann\" & co"));
    private static final Instant MONDAY = Instant.parse("2026-03-02T23:59:59.900Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-03T00:00:00.100Z");
    private static final Envelopes ENVELOPES = new Envelopes("/test/1", Clock.systemUTC(), UUID::randomUUID);

    @TempDir
    private static Path folder;

    private static KafkaBroker kafka;
    private static KafkaProducer<String, byte[]> producer;
    private static AnalyticsPrograms programs;

    @BeforeAll
    static void aTopicOfKnownEvents() throws Exception {
        try (var socket = new ServerSocket(0)) {
            int port = socket.getLocalPort();
            socket.close();
            kafka = KafkaBroker.start(folder, port);
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(Topics.EVENTS, 4, (short) 1))).all().get();
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new StringSerializer(), new ByteArraySerializer());
        programs = AnalyticsPrograms.on(kafka.bootstrapServers());
        answered(MONDAY, 60_000, 100);
        answered(MONDAY, 20_000, 200);
        answered(TUESDAY, 10_000, 60);
        // A duplicate, as any event on Kafka may have; then another service publishes the end of the same call once more.
        CallEnded twice = ended(summary(TUESDAY, Optional.empty(), BAKERY).answered(TUESDAY.plusMillis(40)), EndReason.CALLER_HUNG_UP);
        Envelope envelope = ENVELOPES.first(twice, Envelope.Owners.NONE);
        send(envelope);
        send(envelope);
        send(ENVELOPES.first(ended(twice.callId(), twice.summary().orElseThrow(), EndReason.EDGE_LOST), Envelope.Owners.NONE));
        say(ended(summary(TUESDAY, Optional.empty(), BAKERY), EndReason.CANCELLED));
        say(rejected(summary(TUESDAY, Optional.empty(), BAKERY), RefusalReason.NUMBER_BUSY));
        say(rejected(summary(TUESDAY, Optional.empty(), Optional.empty()), RefusalReason.NUMBER_UNKNOWN));
        say(rejected(summary(TUESDAY, Optional.empty(), Optional.empty()), RefusalReason.NUMBER_UNKNOWN));
        // These count nowhere: trial calls, events of earlier versions, events that are not last events, kinds of later versions.
        say(ended(summary(TUESDAY, Optional.of(CallPurpose.TRIAL), BAKERY).answered(TUESDAY), EndReason.CALLER_HUNG_UP));
        say(rejected(summary(TUESDAY, Optional.of(CallPurpose.TRIAL), BAKERY), RefusalReason.NUMBER_BUSY));
        say(new CallEnded(id(), "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 5, Optional.empty()));
        say(new CallHeld(id()));
        producer.send(new ProducerRecord<>(Topics.EVENTS, "x", "{}".getBytes())).get();
        producer.flush();
    }

    @AfterAll
    static void close() {
        producer.close();
        kafka.close();
    }

    @Test
    void callsADayInPythonAndJava() throws Exception {
        List<Map<String, String>> rows = programs.python("calls_per_day.py");

        assertThat(rows).extracting(row -> String.join(" ", row.values())).containsExactly(
                "2026-03-02 Bakery, \"Ann\" & co 2 0 0", "2026-03-03  0 0 2", "2026-03-03 Bakery, \"Ann\" & co 2 1 1");
        assertThat(programs.java("CallsPerDay.java")).isEqualTo(rows);
    }

    @Test
    void durations() throws Exception {
        assertThat(programs.python("durations.py")).singleElement().satisfies(row -> assertThat(row.values())
                .containsExactly(BAKERY.orElseThrow().name(), "4", "95.0", "15.0", "60.0", "0.080"));
    }

    @Test
    void refusalsByReason() throws Exception {
        assertThat(programs.python("refusals.py")).extracting(row -> String.join(" ", row.values())).containsExactly(
                " number-unknown 404 2", "Bakery, \"Ann\" & co number-busy 486 1");
    }

    @Test
    void thePageShowsEachProgramAsItIs() throws Exception {
        assertThat(programs.files()).hasSize(5).allSatisfy(file -> assertThat(programs.page())
                .as("docs/analytics.md has %s in it", file)
                .contains("```" + (file.toString().endsWith(".py") ? "python" : "java") + "\n" + Files.readString(file) + "```"));
    }

    private static void answered(Instant receivedAt, long talkMillis, long setupMillis) throws Exception {
        Instant answeredAt = receivedAt.plusMillis(setupMillis);
        CallSummary whole = summary(receivedAt, answeredAt.plusMillis(talkMillis), Optional.empty(), BAKERY).answered(answeredAt);
        say(ended(whole, EndReason.CALLER_HUNG_UP));
    }

    private static CallSummary summary(Instant receivedAt, Optional<CallPurpose> purpose, Optional<OrganisationRef> organisation) {
        return summary(receivedAt, receivedAt.plusMillis(5_040), purpose, organisation);
    }

    private static CallSummary summary(
            Instant receivedAt, Instant endedAt, Optional<CallPurpose> purpose, Optional<OrganisationRef> organisation) {
        return new CallSummary(
                CallDirection.INBOUND, purpose, new TrunkRef("t", "trunk"), "+3225550100", "pseudonym", organisation,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), receivedAt, Optional.empty(),
                Optional.empty(), endedAt, OptionalLong.empty(), 0, Optional.empty(), Optional.empty());
    }

    private static CallEnded ended(CallSummary summary, EndReason reason) {
        return ended(id(), summary, reason);
    }

    private static CallEnded ended(CallId id, CallSummary summary, EndReason reason) {
        return new CallEnded(id, "sip-edge", reason, "", summary.answeredAt().isPresent(), summary.talkMillis(), Optional.empty())
                .with(summary);
    }

    private static CallRejected rejected(CallSummary summary, RefusalReason reason) {
        return new CallRejected(
                        id(), reason, reason.status(), reason.sentence(), OptionalInt.empty(), "call-router", summary.trunk(),
                        summary.called(), summary.organisation(), List.of(), List.of(), Optional.empty())
                .with(summary);
    }

    private static CallId id() {
        return CallId.of(UUID.randomUUID().toString());
    }

    private static void say(CallEvent event) throws Exception {
        send(ENVELOPES.first(event, Envelope.Owners.NONE));
    }

    private static void send(Envelope envelope) throws Exception {
        producer.send(CallEventCodec.encode(envelope)).get();
    }
}
