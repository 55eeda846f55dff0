package dev.trunkline.phone;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets a user of the phone wait for events on its loop. */
final class Waiting {
    private Waiting() {}

    /** @return empty if it did not complete within that time */
    static <T> Optional<T> on(CompletableFuture<T> future, Duration atMost) {
        try {
            return Optional.of(future.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the call", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the call failed inside the phone", e.getCause());
        }
    }
}
