package dev.trunkline.relay.service;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Kafka and LiveKit for tests of the whole service. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {
    static final KafkaAddress KAFKA = KafkaAddress.of("127.0.0.1:17910");
    static final String SEAL_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    static final String API_KEY = "testkey";
    static final String API_SECRET = "a-secret-of-the-tests-with-more-than-32-characters";
    static final URI LIVEKIT = URI.create("ws://127.0.0.1:17900");
    static final String VOICEMAIL_KEY = "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU=";
    static final Path MESSAGES = Path.of("target/messages").toAbsolutePath();
    static final int HTTP_PORT = 17912;
    static final int FIRST_PORT = 17920;
    static final int LAST_PORT = 17929;

    /**
     * Loggers that are verbose at INFO; the log manager forgets the levels of loggers to which nobody holds a
     * reference.
     */
    private final List<Logger> quiet =
            Stream.of("kafka", "org.apache.kafka", "state.change.logger", "org.jitsi").map(Logger::getLogger).toList();

    private Backend kafka;
    private Backend liveKit;

    @Override
    public Map<String, String> start() {
        quiet.forEach(logger -> logger.setLevel(Level.WARNING));
        try {
            kafka = Backends.chosen().kafka(17910);
            TopicSetup.ensure(KAFKA, 4, (short) 1);
            liveKit = Backends.chosen().liveKit(new LiveKitSettings(17900, API_KEY, API_SECRET));
        } catch (Exception e) {
            throw new IllegalStateException("Kafka or LiveKit did not start", e);
        }
        return Map.ofEntries(
                Map.entry("trunkline.kafka", kafka.address()),
                Map.entry("trunkline.instance", "relay-t"),
                Map.entry("trunkline.seal-key", SEAL_KEY),
                Map.entry("trunkline.livekit.url", LIVEKIT.toString()),
                Map.entry("trunkline.livekit.api-key", API_KEY),
                Map.entry("trunkline.livekit.api-secret", API_SECRET),
                Map.entry("trunkline.rtp.ports", FIRST_PORT + "-" + LAST_PORT),
                Map.entry("trunkline.rtp.rest", "500ms"),
                Map.entry("trunkline.media.timeout", "3s"),
                Map.entry("trunkline.media.longest-hold", "7s"),
                Map.entry("trunkline.media.heartbeat", "1s"),
                Map.entry("trunkline.transfer.consultation", "20s"),
                Map.entry("trunkline.media.edge-reply", "1s"),
                Map.entry("trunkline.voicemail.key", VOICEMAIL_KEY),
                Map.entry("trunkline.voicemail.store", MESSAGES.resolve("store").toUri().toString()),
                Map.entry("trunkline.voicemail.spool", MESSAGES.resolve("spool").toString()),
                Map.entry("trunkline.drain", "0s"),
                Map.entry("quarkus.log.category.\"kafka\".level", "WARN"),
                Map.entry("quarkus.log.category.\"state.change.logger\".level", "WARN"),
                Map.entry("quarkus.http.test-port", Integer.toString(HTTP_PORT)));
    }

    @Override
    public void stop() {
        liveKit.close();
        kafka.close();
    }
}
