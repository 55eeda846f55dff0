package dev.trunkline.demoagent.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private final BackOff backOff = new BackOff(new Random(1));

    @Test
    void pausesGrowToFiveSeconds() {
        long[] most = {250, 500, 1_000, 2_000, 4_000, 5_000, 5_000};
        for (long millis : most) {
            assertThat(backOff.next().toMillis()).isBetween(millis - millis / 3, millis);
        }
    }

    @Test
    void manyFailuresDoNotOverflow() {
        for (int failure = 0; failure < 100; failure++) {
            assertThat(backOff.next().toMillis()).isBetween(1L, 5_000L);
        }
    }

    @Test
    void successBeginsAnew() {
        for (int failure = 0; failure < 5; failure++) {
            backOff.next();
        }
        backOff.succeeded();
        assertThat(backOff.next().toMillis()).isLessThanOrEqualTo(250);
    }
}
