package dev.trunkline.router.webhook;

import static dev.trunkline.router.webhook.CircuitBreakers.State.CLOSED;
import static dev.trunkline.router.webhook.CircuitBreakers.State.HALF_OPEN;
import static dev.trunkline.router.webhook.CircuitBreakers.State.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CircuitBreakersTest {
    private static final String URL = "https://shop.example/voice";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final CircuitBreakers breakers = new CircuitBreakers(
            3, Duration.ofSeconds(10), ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breakers.failed(URL);
        }
    }

    @Test
    void staysClosedBelowTheLimit() {
        fail(2);

        assertThat(breakers.enter(URL)).isEqualTo(CLOSED);
        assertThat(breakers.open()).isZero();
    }

    @Test
    void countsFailuresInARowOnly() {
        fail(2);
        breakers.answered(URL);
        fail(2);

        assertThat(breakers.enter(URL)).isEqualTo(CLOSED);
    }

    @Test
    void opensAtTheLimitAndRests() {
        fail(2);

        assertThat(breakers.failed(URL)).isEqualTo(OPEN);
        now = now.plusMillis(9_999);
        assertThat(breakers.enter(URL)).isEqualTo(OPEN);
        assertThat(breakers.open()).isOne();
    }

    @Test
    void oneCallProbesAfterTheRest() {
        fail(3);
        now = now.plusSeconds(10);

        assertThat(breakers.enter(URL)).isEqualTo(HALF_OPEN);
        assertThat(breakers.enter(URL)).isEqualTo(OPEN);
    }

    @Test
    void whoOnlyLooksTakesNobodysProbe() {
        assertThat(breakers.look(URL)).isEqualTo(CLOSED);
        fail(3);
        assertThat(breakers.look(URL)).isEqualTo(OPEN);
        now = now.plusSeconds(10);

        assertThat(breakers.look(URL)).isEqualTo(HALF_OPEN);
        assertThat(breakers.look(URL)).isEqualTo(HALF_OPEN);
        assertThat(breakers.enter(URL)).isEqualTo(HALF_OPEN);
        assertThat(breakers.look(URL)).isEqualTo(OPEN);
    }

    @Test
    void aProbeThatIsAnsweredClosesIt() {
        fail(3);
        now = now.plusSeconds(10);
        breakers.enter(URL);
        breakers.answered(URL);

        assertThat(breakers.enter(URL)).isEqualTo(CLOSED);
        assertThat(breakers.open()).isZero();
        assertThat(breakers.failed(URL)).isEqualTo(CLOSED);
    }

    @Test
    void aProbeThatFailsLetsItRestAgain() {
        fail(3);
        now = now.plusSeconds(10);
        breakers.enter(URL);
        assertThat(breakers.failed(URL)).isEqualTo(OPEN);

        now = now.plusSeconds(9);
        assertThat(breakers.enter(URL)).isEqualTo(OPEN);
        now = now.plusSeconds(1);
        assertThat(breakers.enter(URL)).isEqualTo(HALF_OPEN);
    }

    @Test
    void oneUrlDoesNotHurtAnother() {
        fail(3);

        assertThat(breakers.enter("https://shop.example/other")).isEqualTo(CLOSED);
    }

    @Test
    void remembersNoMoreUrlsThanItMay() {
        fail(3);
        for (int i = 0; i < CircuitBreakers.MOST; i++) {
            breakers.failed("https://shop.example/" + i);
        }

        assertThat(breakers.enter(URL)).isEqualTo(CLOSED);
    }
}
