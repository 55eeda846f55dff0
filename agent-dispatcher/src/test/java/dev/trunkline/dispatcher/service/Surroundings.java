package dev.trunkline.dispatcher.service;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.local.LiveKitServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Kafka and LiveKit for the whole service. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {
    static final KafkaAddress KAFKA = KafkaAddress.of("127.0.0.1:17860");
    static final LiveKitServer.LiveKitSettings LIVEKIT =
            new LiveKitServer.LiveKitSettings(17850, "devkey", "a-secret-for-tests-of-32-characters");

    private Backend kafka;
    private Backend livekit;

    @Override
    public Map<String, String> start() {
        // Quarkus calls this on a thread of the common pool, and Kafka's client loads classes by name.
        Thread.currentThread().setContextClassLoader(Surroundings.class.getClassLoader());
        try {
            kafka = Backends.chosen().kafka(17860);
            TopicSetup.ensure(KAFKA, 4, (short) 1);
            livekit = Backends.chosen().liveKit(LIVEKIT);
        } catch (Exception e) {
            throw new IllegalStateException("Kafka or LiveKit did not start", e);
        }
        return Map.of(
                "trunkline.kafka", kafka.address(),
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
            livekit.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stopLiveKit() {
        try {
            livekit.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        livekit.close();
        kafka.close();
    }
}
