package dev.trunkline.router.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for an expected result, with much more patience than it needs. */
final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Await() {}

    static <T> T present(Supplier<Optional<T>> wish) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            Optional<T> got = wish.get();
            if (got.isPresent()) {
                return got.get();
            }
            Thread.sleep(20);
        }
        throw new AssertionError("nothing came in " + PATIENCE);
    }

    static void until(Supplier<Boolean> wish) throws InterruptedException {
        present(() -> Optional.of(true).filter(ignored -> wish.get()));
    }
}
