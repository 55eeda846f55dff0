package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.SoundRecords;
import dev.trunkline.events.sounds.SoundRecord;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sounds: from an upload to Kafka, who may have which, and how rules and numbers refer to them. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class SoundsApiTest {
    private static final String TOWN = """
            organisations:
            - name: chorus
              config: {language: nl}
              numbers: [{phone_number: "+3225557700", max_concurrent_calls: 5}]
            - name: solo
            trunks:
            - {name: singing, addresses: [192.0.2.77], country: BE}
            """;

    private final Admin admin = new Admin();
    private final Map<String, SoundRecord> announced = new ConcurrentHashMap<>();
    private TopicTail tail;

    @BeforeEach
    void start() throws Exception {
        admin.awaitReady();
        assertThat(admin.apply(TOWN).status()).isEqualTo(200);
        KafkaAddress kafka = KafkaAddress.of("127.0.0.1:" + RouterSurroundings.KAFKA_PORT);
        tail = new TopicTail(kafka, "tests-sounds", List.of(Topics.SOUNDS), new TopicTail.From.Beginning(), message -> {
            try {
                if (message.value() == null) {
                    announced.remove(message.key());
                } else {
                    announced.put(message.key(), SoundRecords.decode(message));
                }
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

    /** Returns a WAV file of 8 kHz. */
    private static byte[] wav(int millis) {
        int octets = 16 * millis;
        return ByteBuffer.allocate(44 + octets).order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + octets).put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16).putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000).putShort((short) 2).putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII)).putInt(octets).array();
    }

    private Admin.Answer put(String token, String path, byte[] file) throws Exception {
        return admin.send(Admin.bare(path).header("Authorization", "Bearer " + token).header("Content-Type", "audio/wav")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(file)));
    }

    private Admin.Answer put(String path, byte[] file) throws Exception {
        return put(RouterSurroundings.ADMIN_TOKEN, path, file);
    }

    @Test
    void whatIsUploadedIsOnKafkaAsItIsAndGoneWhenItIsRemoved() throws Exception {
        Admin.Answer first = put("/sounds/greeting?language=nl-be", wav(200));
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json().path("language").textValue()).isEqualTo("nl-BE");
        assertThat(first.json().path("default").booleanValue()).isTrue();
        assertThat(first.json().path("seconds").doubleValue()).isEqualTo(0.2);
        assertThat(put("/sounds/greeting?language=fr", wav(100)).json().path("default").booleanValue()).isFalse();
        Await.until(() -> announced.containsKey("/greeting/nl-BE") && announced.containsKey("/greeting/fr"));
        SoundRecord record = announced.get("/greeting/nl-BE");
        assertThat(record.file()).isEqualTo(wav(200));
        assertThat(record.isDefault()).isTrue();
        assertThat(record.contentType()).isEqualTo("audio/wav");
        assertThat(record.sha256()).isEqualTo(first.json().path("sha256").textValue()).hasSize(64);

        assertThat(put("/sounds/greeting?language=fr&default=true", wav(100)).json().path("default").booleanValue()).isTrue();
        Await.until(() -> announced.get("/greeting/fr").isDefault() && !announced.get("/greeting/nl-BE").isDefault());
        Admin.Answer file = admin.get("/sounds/greeting", "*/*");
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.type()).isEqualTo("audio/wav");
        assertThat(file.body()).startsWith("RIFF");

        assertThat(admin.call("DELETE", "/sounds/greeting?language=fr", "").status()).isEqualTo(204);
        Await.until(() -> !announced.containsKey("/greeting/fr") && announced.get("/greeting/nl-BE").isDefault());
        assertThat(admin.call("DELETE", "/sounds/greeting", "").status()).isEqualTo(204);
        Await.until(() -> !announced.containsKey("/greeting/nl-BE"));
        assertThat(admin.call("DELETE", "/sounds/greeting", "").status()).isEqualTo(404);
        assertThat(admin.call("GET", "/sounds/greeting", "").status()).isEqualTo(404);
    }

    @Test
    void aFileThatPhonesCannotHearIsRefusedWithWhatToDo() throws Exception {
        Admin.Answer mp3 = put("/sounds/wrong", "ID3".getBytes(StandardCharsets.US_ASCII));
        assertThat(mp3.status()).isEqualTo(400);
        assertThat(mp3.json().path("detail").textValue()).contains("neither WAV nor Ogg Opus", "ffmpeg");
        assertThat(put("/sounds/wrong?language=dutch%20please", wav(100)).json().path("detail").textValue()).contains("language tag");
        assertThat(put("/sounds/.wrong", wav(100)).status()).isEqualTo(400);
        assertThat(put("/sounds/wrong?organisation=nobody", wav(100)).json().path("detail").textValue()).contains("no organisation nobody");
        assertThat(admin.call("GET", "/sounds", "").body()).doesNotContain("wrong");
    }

    @Test
    void aTenantHasItsOwnSoundsAndNobodyElses() throws Exception {
        String chorus = admin.tokenOf("chorus");
        String solo = admin.tokenOf("solo");
        put("/sounds/machine", wav(100));
        assertThat(put(chorus, "/sounds/machine?language=nl", wav(120)).status()).isEqualTo(200);
        Await.until(() -> announced.keySet().stream().anyMatch(key -> key.endsWith("/machine/nl") && !key.startsWith("/")));

        assertThat(admin.call(chorus, "GET", "/sounds", "").json().path("sounds")).singleElement()
                .satisfies(sound -> assertThat(sound.path("organisation").textValue()).isEqualTo("chorus"));
        assertThat(admin.call(solo, "GET", "/sounds", "").json().path("sounds")).isEmpty();
        assertThat(admin.call(solo, "GET", "/sounds/machine", "").status()).isEqualTo(404);
        assertThat(admin.call(solo, "DELETE", "/sounds/machine", "").status()).isEqualTo(404);
        assertThat(put(solo, "/sounds/machine?organisation=chorus", wav(100)).status()).isEqualTo(403);
        assertThat(admin.call("GET", "/sounds?organisation=chorus", "").json().path("sounds")).hasSize(1);
        assertThat(admin.call("GET", "/sounds", "").json().path("sounds").size()).isGreaterThan(1);

        assertThat(put(chorus, "/sounds/machine?language=nl", wav(160)).json().path("seconds").doubleValue()).isEqualTo(0.16);
        assertThat(admin.call(chorus, "DELETE", "/sounds/machine", "").status()).isEqualTo(204);
        assertThat(admin.call("DELETE", "/sounds/machine", "").status()).isEqualTo(204);
    }

    @Test
    void aRuleAnnouncesAndANumberSkipsItWithAReasonInItsHistory() throws Exception {
        String rule = "{\"organisation\": \"chorus\", \"trunks\": [\"singing\"], \"type\": \"individual\","
                + " \"announcement\": \"told\", \"agents\": [{\"name\": \"tenor\"}]}";
        Admin.Answer written = admin.call("PUT", "/rules/singers", rule);
        assertThat(written.status()).as(written.body()).isEqualTo(200);
        assertThat(written.json().path("warnings")).anySatisfy(warning -> {
            assertThat(warning.path("path").textValue()).isEqualTo("announcement");
            assertThat(warning.path("problem").textValue()).contains("sound told");
        });
        put("/sounds/told?language=nl", wav(100));
        assertThat(admin.call("PUT", "/rules/singers", rule).json().path("warnings")).noneSatisfy(warning ->
                assertThat(warning.path("path").textValue()).isEqualTo("announcement"));
        assertThat(admin.call("GET", "/rules/singers", "").json().path("announcement").textValue()).isEqualTo("told");
        String question = "{\"from\": \"+3225550999\", \"to\": \"+3225557700\", \"trunk\": \"singing\"}";
        assertThat(admin.explain(question).body()).contains("rule singers plays the announcement told, the suite's, in nl");

        String skip = "{\"announcement\": {\"skip\": \"a person answers this number\"}}";
        Admin.Answer byTenant = admin.call(admin.tokenOf("chorus"), "PATCH", "/numbers/+3225557700", skip);
        assertThat(byTenant.status()).isEqualTo(403);
        assertThat(byTenant.json().path("detail").textValue()).contains("announcement");
        Admin.Answer byAdmin = admin.call("PATCH", "/numbers/+3225557700", skip);
        assertThat(byAdmin.status()).as(byAdmin.body()).isEqualTo(200);
        assertThat(byAdmin.json().at("/announcement/skip").textValue()).isEqualTo("a person answers this number");
        assertThat(admin.explain(question).body()).contains("announcement-skipped", "a person answers this number");
        assertThat(admin.call("GET", "/numbers/+3225557700/history", "").json().get(0).path("fields").toString())
                .contains("announcement", "a person answers this number");
        assertThat(admin.get("/directory", "application/yaml").body()).contains("skip: ", "announcement: ");
        assertThat(admin.call("PATCH", "/numbers/+3225557700", "{\"announcement\": null}").json().has("announcement")).isFalse();

        assertThat(admin.call("DELETE", "/rules/singers", "").status()).isEqualTo(204);
        assertThat(admin.call("DELETE", "/sounds/told", "").status()).isEqualTo(204);
    }
}
