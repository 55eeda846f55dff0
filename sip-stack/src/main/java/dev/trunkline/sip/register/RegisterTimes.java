package dev.trunkline.sip.register;

import java.time.Duration;

/**
 * The times of a registration.
 *
 * @param expires requested interval, 1 s or more; the registrar may grant less, or require more (423)
 * @param firstPause after a first failure; each further failure doubles it
 * @param longestPause between two attempts, also after a rejected password
 * @param removal timeout for the response to the last REGISTER
 */
public record RegisterTimes(Duration expires, Duration firstPause, Duration longestPause, Duration removal) {
    /** The maximum that is accepted for a registrar's Min-Expires or Retry-After. */
    static final Duration LONGEST = Duration.ofDays(1);

    public RegisterTimes {
        if (expires.compareTo(Duration.ofSeconds(1)) < 0 || expires.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a registration must ask for 1 s to 1 day, not for " + expires);
        }
        if (!firstPause.isPositive() || longestPause.compareTo(firstPause) < 0 || !removal.isPositive()) {
            throw new IllegalArgumentException("pauses must be above zero, and the longest no shorter than the first");
        }
    }

    /** Returns the defaults: first pause 2 s, longest pause 5 minutes, 4 s for the removal. */
    public static RegisterTimes of(Duration expires) {
        return new RegisterTimes(expires, Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofSeconds(4));
    }
}
