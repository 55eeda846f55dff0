package dev.trunkline.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsCheckTest {

    private record Given(int suiteCalls, int anonymousCallers, Duration lease, Duration redisTimeout, Duration sweepInterval)
            implements LimiterSettings, LimiterSettings.Admission {
        @Override
        public String kafka() {
            return "127.0.0.1:9092";
        }

        @Override
        public String instance() {
            return "limiter-1";
        }

        @Override
        public String redis() {
            return "redis://127.0.0.1";
        }

        @Override
        public Admission admission() {
            return this;
        }

        @Override
        public WhenUnavailable whenUnavailable() {
            return WhenUnavailable.REFUSE;
        }
    }

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final Duration SWEEP = Duration.ofSeconds(5);

    @Test
    void whatMakesSensePasses() {
        var settings = new Given(1, 1, LEASE, TIMEOUT, SWEEP);
        assertThat(SettingsCheck.check(settings)).isSameAs(settings);
    }

    @Test
    void whatMakesNoneIsNamed() {
        refused(new Given(0, 1, LEASE, TIMEOUT, SWEEP), "TRUNKLINE_SUITE_CALLS");
        refused(new Given(1, 0, LEASE, TIMEOUT, SWEEP), "trunkline.admission.anonymous-callers");
        refused(new Given(1, 1001, LEASE, TIMEOUT, SWEEP), "trunkline.admission.anonymous-callers");
        refused(new Given(1, 1, Duration.ofSeconds(5), TIMEOUT, SWEEP), "trunkline.admission.lease");
        refused(new Given(1, 1, LEASE, Duration.ofSeconds(3), SWEEP), "trunkline.admission.redis-timeout");
        refused(new Given(1, 1, LEASE, TIMEOUT, Duration.ofMillis(1)), "trunkline.admission.sweep-interval");
    }

    private static void refused(LimiterSettings settings, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingsCheck.check(settings))
                .withMessageContaining(named)
                .withMessageContaining("it must be");
    }
}
