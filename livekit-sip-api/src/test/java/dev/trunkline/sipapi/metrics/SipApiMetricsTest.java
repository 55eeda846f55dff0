package dev.trunkline.sipapi.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.psrpc.RpcCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** Counters over which an alert takes a rate are there before what they count happens for the first time. */
class SipApiMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SipApiMetrics metrics = new SipApiMetrics(registry);

    private double created(String outcome) {
        return registry.get("trunkline.sipapi.create").tag("outcome", outcome).counter().count();
    }

    @Test
    void everyOutcomeIsCountedFromZero() {
        assertThat(created("ok")).isZero();
        for (RpcCode code : RpcCode.values()) {
            assertThat(created(code.wire())).as(code.wire()).isZero();
        }
        metrics.created(RpcCode.UNAVAILABLE.wire());
        assertThat(created("unavailable")).isEqualTo(1);
    }
}
