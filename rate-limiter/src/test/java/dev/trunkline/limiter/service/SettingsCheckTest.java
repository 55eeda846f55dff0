package dev.trunkline.limiter.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsCheckTest {

    private static LimiterSettings given(
            int suiteCalls, int anonymousCallers, Duration lease, Duration redisTimeout, Duration sweepInterval) {
        Map<String, String> properties = Map.of(
                "trunkline.suite-calls", Integer.toString(suiteCalls),
                "trunkline.admission.anonymous-callers", Integer.toString(anonymousCallers),
                "trunkline.admission.lease", lease.toString(),
                "trunkline.admission.redis-timeout", redisTimeout.toString(),
                "trunkline.admission.sweep-interval", sweepInterval.toString());
        return new SmallRyeConfigBuilder()
                .withMapping(LimiterSettings.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(LimiterSettings.class);
    }

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final Duration SWEEP = Duration.ofSeconds(5);

    @Test
    void whatMakesSensePasses() {
        var settings = given(1, 1, LEASE, TIMEOUT, SWEEP);
        assertThat(SettingsCheck.check(settings)).isSameAs(settings);
    }

    @Test
    void whatMakesNoneIsNamed() {
        refused(given(0, 1, LEASE, TIMEOUT, SWEEP), "TRUNKLINE_SUITE_CALLS");
        refused(given(1, 0, LEASE, TIMEOUT, SWEEP), "trunkline.admission.anonymous-callers");
        refused(given(1, 1001, LEASE, TIMEOUT, SWEEP), "trunkline.admission.anonymous-callers");
        refused(given(1, 1, Duration.ofSeconds(5), TIMEOUT, SWEEP), "trunkline.admission.lease");
        refused(given(1, 1, LEASE, Duration.ofSeconds(3), SWEEP), "trunkline.admission.redis-timeout");
        refused(given(1, 1, LEASE, TIMEOUT, Duration.ofMillis(1)), "trunkline.admission.sweep-interval");
    }

    private static void refused(LimiterSettings settings, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingsCheck.check(settings))
                .withMessageContaining(named)
                .withMessageContaining("it must be");
    }
}
