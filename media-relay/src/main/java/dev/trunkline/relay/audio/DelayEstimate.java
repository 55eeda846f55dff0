package dev.trunkline.relay.audio;

/**
 * How long packets must be held so that almost none comes too late: the peak, slowly decaying, of how much later than
 * the fastest packet a packet came.
 */
final class DelayEstimate {
    /** Share of a peak that decays per millisecond: half after about 7 s. */
    private static final double FORGET = 0.0001;
    /** The fastest packet's delay decays by this many milliseconds per millisecond, so that clock drift is followed. */
    private static final double DRIFT = 0.00025;
    /** A pause is no reason to forget everything. */
    private static final double LONGEST_STEP_MILLIS = 200;
    private static final double MARGIN_MILLIS = 5;

    private boolean any;
    private double firstArrival;
    private long firstTimestamp;
    private long lastTimestamp;
    private double fastest;
    private double peak;

    void arrived(double nowMillis, long timestamp, int unitsAMilli) {
        if (!any) {
            any = true;
            firstArrival = nowMillis;
            firstTimestamp = timestamp;
            lastTimestamp = timestamp;
            return;
        }
        double passed = Math.clamp(
                (double) (int) (timestamp - lastTimestamp) / unitsAMilli, 0, LONGEST_STEP_MILLIS);
        lastTimestamp = timestamp;
        double lateness = nowMillis - firstArrival - (double) (int) (timestamp - firstTimestamp) / unitsAMilli;
        if (Math.abs(lateness - fastest) > 1_000) {
            // The sender restarted its clock.
            firstArrival = nowMillis;
            firstTimestamp = timestamp;
            fastest = 0;
            return;
        }
        fastest = Math.min(fastest + DRIFT * passed, lateness);
        peak = Math.max(peak * (1 - FORGET * passed), lateness - fastest);
    }

    int targetMillis() {
        return (int) Math.clamp(
                peak + MARGIN_MILLIS, JitterBuffer.LEAST_DELAY_MILLIS, JitterBuffer.MOST_DELAY_MILLIS);
    }
}
