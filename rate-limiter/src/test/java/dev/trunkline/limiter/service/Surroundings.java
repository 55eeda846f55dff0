package dev.trunkline.limiter.service;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.local.KafkaBroker;
import dev.trunkline.local.Passwords;
import dev.trunkline.local.Ports;
import dev.trunkline.local.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Map;

/** Kafka and Redis for the whole service. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {
    static final int KAFKA_PORT = Ports.free();
    static final int REDIS_PORT = Ports.free();
    static final KafkaAddress KAFKA = KafkaAddress.of("127.0.0.1:" + KAFKA_PORT);

    private KafkaBroker kafka;
    private final String redisPassword = Passwords.make(new SecureRandom());
    private RedisServer redis;

    @Override
    public Map<String, String> start() {
        // Quarkus calls this on a thread of the common pool, and Kafka loads classes by name.
        Thread.currentThread().setContextClassLoader(Surroundings.class.getClassLoader());
        try {
            kafka = KafkaBroker.start(Files.createTempDirectory("limiter-kafka"), KAFKA_PORT);
            TopicSetup.ensure(KAFKA, 4, (short) 1);
            redis = RedisServer.start(REDIS_PORT, redisPassword);
        } catch (Exception e) {
            throw new IllegalStateException("Kafka or Redis did not start", e);
        }
        return Map.of(
                "trunkline.kafka", kafka.bootstrapServers(),
                "trunkline.redis", redis.url(),
                "trunkline.suite-calls", "5",
                "trunkline.admission.sweep-interval", "1s",
                "quarkus.http.test-port", "0");
    }

    @Override
    public void inject(Object test) {
        if (test instanceof LimiterServiceTest service) {
            service.redisServer(this);
        }
    }

    void stopRedis() {
        redis.close();
    }

    void startRedis() {
        try {
            redis = RedisServer.start(REDIS_PORT, redisPassword);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        stopRedis();
        kafka.close();
    }
}
