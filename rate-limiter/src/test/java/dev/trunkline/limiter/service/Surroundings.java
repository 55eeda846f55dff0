package dev.trunkline.limiter.service;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.local.Passwords;
import dev.trunkline.local.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Map;

/** Kafka and Redis for the whole service. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {
    static final int KAFKA_PORT = Ports.free();
    static final int REDIS_PORT = Ports.free();
    static final KafkaAddress KAFKA = KafkaAddress.of("127.0.0.1:" + KAFKA_PORT);

    private Backend kafka;
    private Backend redis;

    @Override
    public Map<String, String> start() {
        // Quarkus calls this on a thread of the common pool, and Kafka's client loads classes by name.
        Thread.currentThread().setContextClassLoader(Surroundings.class.getClassLoader());
        try {
            kafka = Backends.chosen().kafka(KAFKA_PORT);
            TopicSetup.ensure(KAFKA, 4, (short) 1);
            redis = Backends.chosen().redis(REDIS_PORT, Passwords.make(new SecureRandom()));
        } catch (Exception e) {
            throw new IllegalStateException("Kafka or Redis did not start", e);
        }
        return Map.of(
                "trunkline.kafka", kafka.address(),
                "trunkline.redis", redis.address(),
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

    void stopRedis() throws IOException {
        redis.stop();
    }

    void startRedis() throws IOException {
        redis.start();
    }

    @Override
    public void stop() {
        redis.close();
        kafka.close();
    }
}
