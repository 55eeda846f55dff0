package dev.trunkline.relay.audio;

/**
 * How long packets must be held so that nearly none comes too late: the peak, slowly forgotten, of how much later than
 * the fastest a packet came.
 */
final class DelayEstimate {
    /** A peak is half forgotten after about 7 s of 20 ms packets. */
    private static final double FORGET = 0.998;
    /** The fastest packet is forgotten by this many milliseconds a packet, so that a clock that drifts is followed. */
    private static final double DRIFT = 0.005;
    private static final double MARGIN_MILLIS = 5;

    private boolean any;
    private double firstArrival;
    private long firstTimestamp;
    private double fastest;
    private double peak;

    void arrived(double nowMillis, long timestamp, int unitsAMilli) {
        if (!any) {
            any = true;
            firstArrival = nowMillis;
            firstTimestamp = timestamp;
            return;
        }
        double lateness = nowMillis - firstArrival - (double) (int) (timestamp - firstTimestamp) / unitsAMilli;
        if (Math.abs(lateness - fastest) > 1_000) {
            // A sender that started its clock anew.
            firstArrival = nowMillis;
            firstTimestamp = timestamp;
            fastest = 0;
            return;
        }
        fastest = Math.min(fastest + DRIFT, lateness);
        peak = Math.max(peak * FORGET, lateness - fastest);
    }

    int targetMillis() {
        return (int) Math.clamp(
                peak + MARGIN_MILLIS, JitterBuffer.LEAST_DELAY_MILLIS, JitterBuffer.MOST_DELAY_MILLIS);
    }
}
