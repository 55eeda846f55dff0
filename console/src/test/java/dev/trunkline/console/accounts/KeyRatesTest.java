package dev.trunkline.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KeyRatesTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final KeyRates rates = new KeyRates(60, now::get);
    private final UUID key = new UUID(0, 1);

    private void later(Duration time) {
        now.updateAndGet(at -> at.plus(time));
    }

    @Test
    void aKeyHasAMinutesRequestsAtOnceAndThenOneASecond() {
        for (int i = 0; i < 60; i++) {
            assertThat(rates.take(key)).isEmpty();
        }
        assertThat(rates.take(key)).contains(Duration.ofSeconds(1));
        assertThat(rates.take(new UUID(0, 2))).as("another key").isEmpty();
        later(Duration.ofMillis(400));
        assertThat(rates.take(key)).hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofMillis(599), Duration.ofMillis(601)));
        later(Duration.ofMillis(601));
        assertThat(rates.take(key)).isEmpty();
        later(Duration.ofHours(1));
        for (int i = 0; i < 60; i++) {
            assertThat(rates.take(key)).isEmpty();
        }
        assertThat(rates.take(key)).as("no more than a minute's is kept").isPresent();
    }
}
