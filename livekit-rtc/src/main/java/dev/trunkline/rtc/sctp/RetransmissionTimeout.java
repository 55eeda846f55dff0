package dev.trunkline.rtc.sctp;

/** The retransmission timeout from measured round trips (RFC 9260 section 6.3.1), in nanoseconds. */
final class RetransmissionTimeout {
    private final long min;
    private final long max;
    private long smoothed;
    private long variation;
    private boolean measured;
    private long rto;

    RetransmissionTimeout(SctpSettings settings) {
        min = settings.minRto().toNanos();
        max = settings.maxRto().toNanos();
        rto = settings.initialRto().toNanos();
    }

    long nanos() {
        return rto;
    }

    void measure(long roundTrip) {
        if (measured) {
            variation = (3 * variation + Math.abs(smoothed - roundTrip)) / 4; // beta is 1/4
            smoothed = (7 * smoothed + roundTrip) / 8; // alpha is 1/8
        } else {
            measured = true;
            smoothed = roundTrip;
            variation = roundTrip / 2;
        }
        rto = Math.clamp(smoothed + 4 * variation, min, max);
    }

    /** Doubles the timeout after it expired (section 6.3.3, E2). */
    void backOff() {
        rto = Math.min(2 * rto, max);
    }
}
