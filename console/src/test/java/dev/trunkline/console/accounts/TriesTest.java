package dev.trunkline.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TriesTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T12:00:00Z"));
    private final Tries tries = new Tries(now::get);

    @Test
    void afterFiveWrongOnesNobodyTriesForAWhile() {
        for (int i = 0; i < Tries.MOST; i++) {
            assertThat(tries.begin("anna")).isTrue();
        }
        assertThat(tries.begin("anna")).isFalse();
        assertThat(tries.wait("anna")).contains(Tries.PAUSE);
        assertThat(tries.begin("bert")).as("somebody else").isTrue();
        now.set(now.get().plus(Tries.PAUSE).plus(Duration.ofMillis(1)));
        assertThat(tries.begin("anna")).isTrue();
    }

    @Test
    void aRightOneClearsWhatWasBefore() {
        for (int i = 0; i < 20; i++) {
            assertThat(tries.begin("anna")).isTrue();
            tries.right("anna");
        }
    }
}
