package dev.trunkline.limiter;

import dev.trunkline.bus.KafkaAddress;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Asks Kafka whether it is there. */
final class KafkaProbe implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 2_000;

    private final Admin admin;

    KafkaProbe(KafkaAddress kafka, String clientId) {
        Properties properties = new Properties();
        properties.putAll(kafka.security());
        properties.put("bootstrap.servers", kafka.bootstrapServers());
        properties.put("client.id", clientId);
        properties.put("reconnect.backoff.max.ms", "1000");
        properties.put("enable.metrics.push", "false");
        this.admin = Admin.create(properties);
    }

    boolean answers() throws InterruptedException {
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS))
                    .clusterId()
                    .get(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
