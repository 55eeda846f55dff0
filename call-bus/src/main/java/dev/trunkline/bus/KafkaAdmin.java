package dev.trunkline.bus;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** An admin client that lives as long as its owner, and its metrics. */
public final class KafkaAdmin {
    private final Admin client;
    private final Optional<KafkaClientMetrics> metrics;

    KafkaAdmin(Admin client, Optional<KafkaClientMetrics> metrics) {
        this.client = client;
        this.metrics = metrics;
    }

    public Admin client() {
        return client;
    }

    /** @param atMost how long pending requests may take */
    public void close(Duration atMost) {
        metrics.ifPresent(KafkaClientMetrics::close);
        client.close(atMost);
    }
}
