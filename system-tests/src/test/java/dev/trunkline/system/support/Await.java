package dev.trunkline.system.support;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits generously for what must happen: tests never assert how long it takes. */
public final class Await {
    private static final long BETWEEN_MILLIS = 50;

    private Await() {}

    /** @throws AssertionError that says what did not happen */
    public static void until(String what, Duration atMost, BooleanSupplier condition) {
        until(() -> what, atMost, condition);
    }

    /**
     * @param what is called if the condition was not met, and can describe the state instead
     * @throws AssertionError that says what did not happen
     */
    public static void until(Supplier<String> what, Duration atMost, BooleanSupplier condition) {
        value(what, atMost, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** @throws AssertionError that says what did not happen */
    public static <T> T value(String what, Duration atMost, Supplier<Optional<T>> source) {
        return value(() -> what, atMost, source);
    }

    private static <T> T value(Supplier<String> what, Duration atMost, Supplier<Optional<T>> source) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<T> value = source.get();
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + atMost.toSeconds() + " s for this: " + what.get());
            }
            pause(BETWEEN_MILLIS);
        }
    }

    /** Waits for a time in which something must not happen. */
    public static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
