package dev.trunkline.rtc.sctp;

/**
 * Serial numbers (RFC 1982): a 32-bit TSN or 16-bit SSN that wraps is stored as a {@code long} that does not, so that
 * the rest of the package can use ordinary comparisons.
 */
final class Serial {

    private Serial() {}

    /** Returns the number nearest to {@code near} whose low 32 bits are {@code tsn}. */
    static long tsn(long near, int tsn) {
        return near + (tsn - (int) near);
    }

    /** Returns the number nearest to {@code near} whose low 16 bits are {@code ssn}. */
    static long ssn(long near, int ssn) {
        return near + (short) (ssn - (int) near);
    }

    /** Returns the number to count from: high enough that no earlier number is negative. */
    static long origin(int tsn) {
        return (1L << 32) + Integer.toUnsignedLong(tsn);
    }
}
