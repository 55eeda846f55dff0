package dev.trunkline.events;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What the limiter judges a call by. The suite's own cap is the limiter's setting and not here.
 *
 * @param callerRate most calls of one pseudonym in a window
 * @param numberConcurrency most calls at once to the number, empty for no limit
 * @param organisationConcurrency most calls at once of the organisation, empty for no limit
 */
public record Limits(CallerRate callerRate, OptionalInt numberConcurrency, OptionalInt organisationConcurrency) {

    public Limits {
        Objects.requireNonNull(callerRate, "callerRate");
        numberConcurrency = numberConcurrency == null ? OptionalInt.empty() : numberConcurrency;
        organisationConcurrency = organisationConcurrency == null ? OptionalInt.empty() : organisationConcurrency;
    }

    /**
     * @param calls most calls in the window, 1 or more
     * @param windowSeconds length of the sliding window
     * @param scope what the window counts: a number that sets its own rate has its own window
     */
    public record CallerRate(int calls, int windowSeconds, RateScope scope) {}
}
