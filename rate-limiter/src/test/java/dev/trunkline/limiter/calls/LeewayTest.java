package dev.trunkline.limiter.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeewayTest {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private long now = 7;
    private Duration deaf = Duration.ZERO;
    private final Leeway leeway = new Leeway(() -> deaf, () -> now, LEASE);

    private void after(Duration time, Duration deafThen) {
        now += time.toNanos();
        deaf = deafThen;
    }

    @Test
    void whoHearsGivesNone() {
        assertThat(leeway.get()).isZero();
        after(Duration.ofHours(1), Duration.ZERO);
        assertThat(leeway.get()).isZero();
    }

    @Test
    void itGrowsWithTheSilenceAndStaysUntilEachLivingCallWasHeardAgain() {
        after(Duration.ofSeconds(10), Duration.ofSeconds(10));
        assertThat(leeway.get()).isEqualTo(Duration.ofSeconds(10));
        after(Duration.ofSeconds(30), Duration.ofSeconds(40));
        assertThat(leeway.get()).isEqualTo(Duration.ofSeconds(40));
        after(Duration.ofSeconds(1), Duration.ZERO);
        assertThat(leeway.get()).as("the backlog comes first").isEqualTo(Duration.ofSeconds(40));
        after(LEASE.minusSeconds(2), Duration.ZERO);
        assertThat(leeway.get()).isEqualTo(Duration.ofSeconds(40));
        after(Duration.ofSeconds(2), Duration.ZERO);
        assertThat(leeway.get()).isZero();
    }

    @Test
    void aShorterSilenceBehindALongerOneDoesNotShortenIt() {
        after(Duration.ofSeconds(40), Duration.ofSeconds(40));
        leeway.get();
        after(Duration.ofSeconds(5), Duration.ofSeconds(3));
        assertThat(leeway.get()).isEqualTo(Duration.ofSeconds(40));
    }
}
