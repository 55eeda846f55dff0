package dev.trunkline.console.service;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Waits for an expected condition, with a much longer timeout than it needs. */
final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Await() {}

    static void until(String what, Callable<Boolean> wish) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            if (wish.call()) {
                return;
            }
            Thread.sleep(30);
        }
        throw new AssertionError("not in " + PATIENCE + ": " + what);
    }
}
