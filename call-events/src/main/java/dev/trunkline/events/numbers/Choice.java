package dev.trunkline.events.numbers;

import java.util.Optional;
import java.util.function.Supplier;

/** The best of several readings that are offered in order: the first valid one, else the first possible one. */
final class Choice {
    private Optional<Reading> best = Optional.empty();

    /** @param reading not evaluated once a valid one was found */
    void offer(Supplier<Optional<Reading>> reading) {
        if (best.filter(Reading::valid).isPresent()) {
            return;
        }
        Optional<Reading> another = reading.get();
        if (best.isEmpty() || another.filter(Reading::valid).isPresent()) {
            best = another;
        }
    }

    Optional<Reading> best() {
        return best;
    }
}
