package dev.trunkline.demoagent.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: 250 ms, 500 ms, 1 s, 2 s, 4 s, 5 s, 5 s, …, each randomly shortened by up to a third, so that
 * many workers do not come back at the same moment.
 */
final class BackOff {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final RandomGenerator random;
    private int failures;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long doubled = FIRST.toMillis() << Math.min(failures, 10);
        failures++;
        long whole = Math.min(doubled, LONGEST.toMillis());
        return Duration.ofMillis(whole - random.nextLong(whole / 3));
    }

    void succeeded() {
        failures = 0;
    }
}
