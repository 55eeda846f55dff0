package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.local.RestartPolicy.Verdict.GiveUp;
import dev.trunkline.local.RestartPolicy.Verdict.Restart;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    private static final Instant BEGIN = Instant.parse("2026-11-29T10:00:00Z");

    private final RestartPolicy policy = new RestartPolicy();

    private RestartPolicy.Verdict diedAfter(int seconds) {
        return policy.died(BEGIN.plusSeconds(seconds));
    }

    @Test
    void pausesGrowUntilItIsGivenUp() {
        assertThat(diedAfter(0)).isEqualTo(new Restart(Duration.ofSeconds(1)));
        assertThat(diedAfter(5)).isEqualTo(new Restart(Duration.ofSeconds(2)));
        assertThat(diedAfter(10)).isEqualTo(new Restart(Duration.ofSeconds(4)));
        assertThat(diedAfter(20)).isEqualTo(new Restart(Duration.ofSeconds(8)));
        assertThat(diedAfter(59)).isEqualTo(new GiveUp(5));
    }

    @Test
    void whatDiesOnceInAWhileIsNeverGivenUp() {
        for (int minute = 0; minute < 100; minute++) {
            assertThat(diedAfter(minute * 60)).isEqualTo(new Restart(Duration.ofSeconds(1)));
        }
    }

    @Test
    void deathsOfLongAgoDoNotCount() {
        diedAfter(0);
        diedAfter(10);
        assertThat(diedAfter(60)).isEqualTo(new Restart(Duration.ofSeconds(2)));
        assertThat(diedAfter(75)).isEqualTo(new Restart(Duration.ofSeconds(2)));
    }
}
