package dev.trunkline.dispatcher;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.local.KafkaBroker;
import dev.trunkline.local.LiveKitBinary;
import dev.trunkline.local.LiveKitServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Kafka and LiveKit for the whole service. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {
    static final KafkaAddress KAFKA = KafkaAddress.of("127.0.0.1:17860");
    static final LiveKitServer.LiveKitSettings LIVEKIT =
            new LiveKitServer.LiveKitSettings(17850, "devkey", "a-secret-for-tests-of-32-characters");

    private KafkaBroker kafka;
    private LiveKitServer livekit;

    @Override
    public Map<String, String> start() {
        // Quarkus calls this on a thread of the common pool, and Kafka loads classes by name.
        Thread.currentThread().setContextClassLoader(Surroundings.class.getClassLoader());
        try {
            kafka = KafkaBroker.start(Files.createTempDirectory("dispatcher-kafka"), 17860);
            TopicSetup.ensure(KAFKA, 4, (short) 1);
        } catch (Exception e) {
            throw new IllegalStateException("Kafka did not start", e);
        }
        startLiveKit();
        return Map.of(
                "trunkline.kafka", kafka.bootstrapServers(),
                "trunkline.livekit.url", LIVEKIT.url().toString(),
                "trunkline.livekit.key", LIVEKIT.apiKey(),
                "trunkline.livekit.secret", LIVEKIT.apiSecret(),
                "quarkus.http.test-port", "17862");
    }

    @Override
    public void inject(Object test) {
        if (test instanceof ServiceTest service) {
            service.surroundings(this);
        }
    }

    void startLiveKit() {
        try {
            livekit = LiveKitServer.start(binary(), Files.createTempDirectory("dispatcher-livekit"), LIVEKIT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path binary() throws IOException {
        Optional<Path> named = Optional.ofNullable(System.getenv("LIVEKIT_SERVER")).map(Path::of);
        return named.isPresent() ? named.get() : LiveKitBinary.find(System.err::println);
    }

    void stopLiveKit() {
        livekit.close();
    }

    @Override
    public void stop() {
        stopLiveKit();
        kafka.close();
    }
}
