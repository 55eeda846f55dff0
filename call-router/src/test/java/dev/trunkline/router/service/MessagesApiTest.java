package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.CallId;
import dev.trunkline.events.MessageDeleted;
import dev.trunkline.events.MessageEnd;
import dev.trunkline.events.MessageGone;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.voicemail.VoicemailAbout;
import dev.trunkline.events.voicemail.VoicemailKeys;
import dev.trunkline.events.voicemail.VoicemailName;
import dev.trunkline.events.voicemail.VoicemailWriter;
import dev.trunkline.store.FileStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages as a relay stores them, heard and deleted through the API of the whole service. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class MessagesApiTest {
    private static final String TOWN = """
            organisations:
            - name: choir
            - name: hermit
            """;
    private static final VoicemailKeys KEYS =
            VoicemailKeys.parse(Optional.of(RouterSurroundings.VOICEMAIL_KEY), Optional.empty()).orElseThrow();

    private final Admin admin = new Admin();
    private final FileStore store = new FileStore(RouterSurroundings.MESSAGES);
    private final Queue<MessageDeleted> gone = new ConcurrentLinkedQueue<>();
    private TopicTail tail;

    @BeforeEach
    void start() throws Exception {
        admin.awaitReady();
        assertThat(admin.apply(TOWN).status()).isEqualTo(200);
        tail = new TopicTail(
                KafkaAddress.of("127.0.0.1:" + RouterSurroundings.KAFKA_PORT), "tests-messages", List.of(Topics.EVENTS),
                new TopicTail.From.Beginning(), message -> {
                    try {
                        CallEventCodec.decode(message).filter(said -> said.record() instanceof MessageDeleted)
                                .ifPresent(said -> gone.add((MessageDeleted) said.record()));
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }).start();
    }

    @AfterEach
    void stop() {
        tail.close();
        admin.close();
    }

    private UUID organisation(String name) throws Exception {
        return UUID.fromString(admin.call(admin.tokenOf(name), "GET", "/auth/me", "").json().path("organisationId").asText());
    }

    /** Stores a one-second message for an organisation, as a relay writes it. */
    private UUID leave(UUID organisation, Instant recordedAt, int keepDays) throws Exception {
        UUID message = UUID.randomUUID();
        var about = new VoicemailAbout(new CallId(UUID.randomUUID()), recordedAt, 8_000, keepDays, 1_000);
        Path file = Files.createTempFile("message", "");
        try (OutputStream to = Files.newOutputStream(file)) {
            VoicemailWriter writer = VoicemailWriter.begin(to, KEYS, organisation.toString(), message, about, new SecureRandom());
            writer.audio(new short[8_000], 8_000);
            writer.end(MessageEnd.HUNG_UP, 1_000);
        }
        store.put(new VoicemailName(
                organisation.toString(), message, about.callId(), recordedAt, Duration.ofSeconds(1), MessageEnd.HUNG_UP, about.keptUntil()).key(), file);
        Files.delete(file);
        return message;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    @Test
    void anOrganisationListsHearsAndDeletesItsMessagesAndNobodyElseDoes() throws Exception {
        String choir = admin.tokenOf("choir");
        String hermit = admin.tokenOf("hermit");
        Instant at = now();
        UUID message = leave(organisation("choir"), at, 30);

        JsonNode listed = admin.call(choir, "GET", "/messages", "").json().path("messages");
        assertThat(listed).filteredOn(one -> one.path("id").asText().equals(message.toString())).singleElement().satisfies(one -> {
            assertThat(one.path("seconds").doubleValue()).isEqualTo(1.0);
            assertThat(one.path("ended").textValue()).isEqualTo("hung-up");
            assertThat(Instant.parse(one.path("recorded_at").textValue())).isEqualTo(at);
            assertThat(Instant.parse(one.path("kept_until").textValue())).isEqualTo(at.plus(Duration.ofDays(30)));
        });
        Admin.Answer heard = admin.call(choir, "GET", "/messages/" + message, "");
        assertThat(heard.status()).as(heard.body()).isEqualTo(200);
        assertThat(heard.type()).startsWith("audio/wav");
        assertThat(heard.body()).startsWith("RIFF");

        assertThat(admin.call(hermit, "GET", "/messages", "").json().path("messages")).isEmpty();
        assertThat(admin.call(hermit, "GET", "/messages/" + message, "").status()).isEqualTo(404);
        assertThat(admin.call(hermit, "DELETE", "/messages/" + message, "").status()).isEqualTo(404);
        assertThat(admin.call(hermit, "GET", "/messages/accesses", "").json().path("accesses")).isEmpty();
        assertThat(admin.call("GET", "/messages/" + message, "").status()).as("an admin").isEqualTo(403);
        assertThat(admin.call("", "GET", "/messages/" + message, "").status()).isEqualTo(401);

        assertThat(admin.call(choir, "DELETE", "/messages/" + message, "").status()).isEqualTo(204);
        assertThat(admin.call(choir, "GET", "/messages/" + message, "").status()).isEqualTo(404);
        assertThat(admin.call(choir, "DELETE", "/messages/" + message, "").status()).isEqualTo(404);
        Await.until(() -> gone.stream().anyMatch(said -> said.message().equals(message) && said.why() == MessageGone.DELETED));

        JsonNode accesses = admin.call(choir, "GET", "/messages/accesses", "").json().path("accesses");
        assertThat(accesses).filteredOn(one -> one.path("message").asText().equals(message.toString()))
                .extracting(one -> one.path("what").asText()).containsExactly("deleted", "fetched");
        assertThat(accesses.path(0).path("actor").asText()).isNotBlank();
    }

    @Test
    void whatWasKeptLongEnoughIsNotShownAndGoes() throws Exception {
        String choir = admin.tokenOf("choir");
        UUID organisation = organisation("choir");
        UUID kept = leave(organisation, now(), 1);
        UUID old = leave(organisation, now().minus(Duration.ofDays(31)), 30);
        assertThat(admin.call(choir, "GET", "/messages/" + old, "").status()).isEqualTo(404);
        assertThat(admin.call(choir, "GET", "/messages", "").body()).contains(kept.toString()).doesNotContain(old.toString());
        Await.until(() -> gone.stream().anyMatch(said -> said.message().equals(old) && said.why() == MessageGone.EXPIRED));
        assertThat(store.list(VoicemailName.of(organisation.toString(), old), 1)).isEmpty();
        assertThat(store.list(VoicemailName.of(organisation.toString(), kept), 1)).hasSize(1);
    }

    @Test
    void whatIsNoIdIsUnknown() throws Exception {
        String choir = admin.tokenOf("choir");
        for (String id : List.of("nothing", UUID.randomUUID().toString())) {
            assertThat(admin.call(choir, "GET", "/messages/" + id, "").status()).as(id).isEqualTo(404);
        }
    }
}
