package dev.trunkline.relay.service;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition. */
final class Await {
    private Await() {}

    static <T> T until(String what, Duration atMost, Supplier<Optional<T>> found) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() - end < 0) {
            Optional<T> value = found.get();
            if (value.isPresent()) {
                return value.get();
            }
            Thread.sleep(10);
        }
        throw new AssertionError("did not happen within " + atMost.toSeconds() + " s: " + what);
    }

    static void untilTrue(String what, BooleanSupplier condition) throws InterruptedException {
        untilTrue(what, Duration.ofSeconds(20), condition);
    }

    static void untilTrue(String what, Duration atMost, BooleanSupplier condition) throws InterruptedException {
        until(what, atMost, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }
}
