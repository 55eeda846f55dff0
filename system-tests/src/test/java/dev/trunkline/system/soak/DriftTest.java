package dev.trunkline.system.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final int MINUTES = 50;
    private static final Tolerance THREADS = Measured.THREADS.tolerance().orElseThrow();
    private static final Tolerance DESCRIPTORS = Measured.DESCRIPTORS.tolerance().orElseThrow();
    private static final Tolerance MEMORY = Measured.OWN_MEMORY.tolerance().orElseThrow();

    /** A sample a minute. */
    private static List<Drift.Point> points(IntToDoubleFunction value) {
        return IntStream.range(0, MINUTES).mapToObj(minute -> new Drift.Point((10 + minute) / 60.0, value.applyAsDouble(minute))).toList();
    }

    @Test
    void aThreadOrADescriptorThatLeaksEachMinuteIsFound() {
        assertThat(Drift.of(points(minute -> 80 + minute), THREADS).grows()).isTrue();
        assertThat(Drift.of(points(minute -> 300 + minute), DESCRIPTORS).grows()).isTrue();
    }

    @Test
    void itIsFoundInNoiseToo() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Drift drift = Drift.of(points(minute -> 300 + minute + 10 * random.nextGaussian()), DESCRIPTORS);
            assertThat(drift.grows()).as("seed %d: %s", seed, drift).isTrue();
        }
    }

    @Test
    void noiseWithoutALeakIsNotTakenForOne() {
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            Drift drift = Drift.of(points(minute -> 80 + 6 * random.nextGaussian()), THREADS);
            assertThat(drift.grows()).as("seed %d: %s", seed, drift).isFalse();
        }
    }

    @Test
    void neitherIsAPeakAtTheEnd() {
        Drift drift = Drift.of(points(minute -> minute < MINUTES - 3 ? 80 : 400), THREADS);
        assertThat(drift.perHour()).isGreaterThan(drift.allowedPerHour());
        assertThat(drift.grows()).isFalse();
    }

    @Test
    void growthWithinTheToleranceIsFlatAndMemoryThatLeaksIsNot() {
        // 500 MiB may grow by 24 and a tenth of themselves in an hour.
        assertThat(Drift.of(points(minute -> 500 + minute), MEMORY).grows()).isFalse();
        assertThat(Drift.of(points(minute -> 500 + 2 * minute), MEMORY).grows()).isTrue();
    }

    @Test
    void whatFallsIsFlat() {
        assertThat(Drift.of(points(minute -> 200 - minute), THREADS).grows()).isFalse();
    }

    @Test
    void theSlopeIsThatOfTheLine() {
        Drift drift = Drift.of(points(minute -> 10 + 0.5 * minute), THREADS);
        assertThat(drift.perHour()).isCloseTo(30, org.assertj.core.data.Offset.offset(1e-6));
        assertThat(drift.thirdsPerHour()).isCloseTo(30, org.assertj.core.data.Offset.offset(1e-6));
        assertThat(drift.errorPerHour()).isCloseTo(0, org.assertj.core.data.Offset.offset(1e-6));
    }

    @Test
    void aFewSamplesOrAShortTimeAreNotJudged() {
        assertThat(Drift.canJudge(points(minute -> 1))).isTrue();
        assertThat(Drift.canJudge(points(minute -> 1).subList(0, 12))).isFalse();
        assertThatThrownBy(() -> Drift.of(points(minute -> 1).subList(0, 2), THREADS)).isInstanceOf(IllegalArgumentException.class);
    }
}
