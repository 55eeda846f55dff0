package dev.trunkline.sip.register;

import java.time.Duration;

/**
 * How a registration is kept.
 *
 * @param expires that is asked for, 1 s or more; the registrar may grant less, or ask for more (423)
 * @param firstPause after a first failure; each further one doubles it
 * @param longestPause between two tries, after a refused password too
 * @param removal how long an answer to the last REGISTER is waited for
 */
public record RegisterTimes(Duration expires, Duration firstPause, Duration longestPause, Duration removal) {
    /** The most that a registrar's Min-Expires or Retry-After is believed. */
    static final Duration LONGEST = Duration.ofDays(1);

    public RegisterTimes {
        if (expires.compareTo(Duration.ofSeconds(1)) < 0 || expires.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a registration is asked for 1 s to a day, not for " + expires);
        }
        if (!firstPause.isPositive() || longestPause.compareTo(firstPause) < 0 || !removal.isPositive()) {
            throw new IllegalArgumentException("pauses are above zero, and the longest no shorter than the first");
        }
    }

    /** 2 s at first, 5 minutes at most, 4 s for the removal. */
    public static RegisterTimes of(Duration expires) {
        return new RegisterTimes(expires, Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofSeconds(4));
    }
}
