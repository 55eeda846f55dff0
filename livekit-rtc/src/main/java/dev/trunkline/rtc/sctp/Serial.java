package dev.trunkline.rtc.sctp;

/**
 * Serial numbers (RFC 1982): a 32-bit TSN or 16-bit SSN that wraps is kept as a {@code long} that does not, so that
 * the rest of the package compares plainly.
 */
final class Serial {

    private Serial() {}

    /** The number next to {@code near} whose low 32 bits are {@code tsn}. */
    static long tsn(long near, int tsn) {
        return near + (tsn - (int) near);
    }

    /** The number next to {@code near} whose low 16 bits are {@code ssn}. */
    static long ssn(long near, int ssn) {
        return near + (short) (ssn - (int) near);
    }

    /** Where to count from: high enough that nothing in front of it is negative. */
    static long origin(int tsn) {
        return (1L << 32) + Integer.toUnsignedLong(tsn);
    }
}
