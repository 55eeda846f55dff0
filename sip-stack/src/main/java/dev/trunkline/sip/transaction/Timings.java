package dev.trunkline.sip.transaction;

import java.time.Duration;

/**
 * The values that all timers are derived from (RFC 3261 section 17.1.1.1).
 *
 * @param t1 estimate of a round trip, after which a message sent over UDP is sent again
 * @param t2 longest interval between retransmissions of anything except INVITE
 * @param t4 longest time that a message stays in the network
 */
public record Timings(Duration t1, Duration t2, Duration t4) {
    public static final Timings RFC_3261 = new Timings(Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(5));
    /** RFC 3261 section 17.2.1: how soon a caller must get a response. */
    static final Duration TRYING = Duration.ofMillis(200);
    private static final int PATIENCE = 64;

    public Timings {
        if (!t1.isPositive() || !t2.isPositive() || !t4.isPositive() || t2.compareTo(t1) < 0) {
            throw new IllegalArgumentException("T1, T2 and T4 must be above zero, and T2 no shorter than T1: they are "
                    + t1 + ", " + t2 + " and " + t4);
        }
    }

    /** Returns 64·T1: timers B, F, H, J, L and M, and D, which must be 32 s or more with the default T1. */
    Duration patience() {
        return t1.multipliedBy(PATIENCE);
    }

    /** Returns twice the interval, but at most T2. */
    Duration doubled(Duration interval) {
        Duration twice = interval.multipliedBy(2);
        return twice.compareTo(t2) > 0 ? t2 : twice;
    }
}
