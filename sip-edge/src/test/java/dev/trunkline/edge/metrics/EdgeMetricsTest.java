package dev.trunkline.edge.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** Counters over which an alert takes an increase are there before what they count happens for the first time. */
class EdgeMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EdgeMetrics metrics = new EdgeMetrics(registry);

    private double over(String outcome, boolean answered) {
        return registry.get("trunkline_edge_calls_over").tags("outcome", outcome, "answered", Boolean.toString(answered)).counter().count();
    }

    @Test
    void everyWayInWhichACallCanEndIsCountedFromZero() {
        for (RefusalReason reason : RefusalReason.values()) {
            assertThat(over(reason.code(), false)).as(reason.code()).isZero();
        }
        for (EndReason reason : EndReason.values()) {
            assertThat(over(reason.code(), false)).as(reason.code()).isZero();
            assertThat(over(reason.code(), true)).as(reason.code()).isZero();
        }
        metrics.over(EndReason.RELAY_LOST.code(), true);
        assertThat(over(EndReason.RELAY_LOST.code(), true)).isEqualTo(1);
    }

    @Test
    void everyResultOfCredentialsIsCountedFromZero() {
        for (String outcome : new String[] {"right", "missing", "stale", "replayed", "malformed", "wrong", "throttled"}) {
            assertThat(registry.get("trunkline_edge_credentials").tag("outcome", outcome).counter().count()).as(outcome).isZero();
        }
    }
}
