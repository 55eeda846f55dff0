package dev.trunkline.rtc.sctp;

/** Slow start and congestion avoidance (RFC 9260 section 7.2) in bytes of user data; the MTU is the user data that fits in a packet. */
final class CongestionWindow {
    private final int mtu;
    private long window;
    private long threshold;
    private long partlyAcked;

    CongestionWindow(int mtu) {
        this.mtu = mtu;
        window = Math.min(4L * mtu, Math.max(2L * mtu, 4404)); // section 7.2.1
        threshold = Long.MAX_VALUE;
    }

    long bytes() {
        return window;
    }

    /**
     * The cumulative acknowledgement advanced.
     *
     * @param acked bytes that the SACK newly acknowledged
     * @param inFlight bytes that were outstanding before it; the window grows only if it was full
     */
    void acked(long acked, long inFlight) {
        boolean full = inFlight >= window;
        if (window <= threshold) {
            if (full) {
                window += Math.min(acked, mtu);
            }
            return;
        }
        partlyAcked += acked; // section 7.2.2
        if (partlyAcked >= window) {
            partlyAcked = full ? partlyAcked - window : window;
            if (full) {
                window += mtu;
            }
        }
    }

    /** Loss detected by gaps (section 7.2.3): halves the window, but leaves enough for fast retransmit. */
    void lost() {
        threshold = Math.max(window / 2, 4L * mtu);
        window = threshold;
        partlyAcked = 0;
    }

    /** Loss detected by a timeout: starts again from one packet. */
    void timedOut() {
        threshold = Math.max(window / 2, 4L * mtu);
        window = mtu;
        partlyAcked = 0;
    }

    /**
     * Nothing was sent for the duration of a timeout (section 7.2.1), so the measured window becomes less reliable.
     *
     * @return whether it can shrink further
     */
    boolean idle() {
        window = Math.min(window, Math.max(window / 2, 4L * mtu));
        return window > 4L * mtu;
    }
}
