package dev.trunkline.rtc.rtp;

/** Reads and writes numbers in network byte order, and provides the serial arithmetic of RTP's counters. */
public final class Octets {

    private Octets() {
    }

    /** Reads 16 bits, 0 to 65535. */
    public static int uint16(byte[] buffer, int at) {
        return (buffer[at] & 0xff) << 8 | buffer[at + 1] & 0xff;
    }

    /** Reads 32 bits, 0 to 2³²−1. */
    public static long uint32(byte[] buffer, int at) {
        return (long) uint16(buffer, at) << 16 | uint16(buffer, at + 2);
    }

    /** Reads 32 bits as an int, for values that are compared only for equality. */
    public static int int32(byte[] buffer, int at) {
        return uint16(buffer, at) << 16 | uint16(buffer, at + 2);
    }

    /** Writes the low 16 bits. */
    public static void put16(byte[] buffer, int at, int value) {
        buffer[at] = (byte) (value >> 8);
        buffer[at + 1] = (byte) value;
    }

    /** Writes the low 32 bits. */
    public static void put32(byte[] buffer, int at, long value) {
        put16(buffer, at, (int) (value >> 16));
        put16(buffer, at + 2, (int) value);
    }

    /** Returns how far sequence {@code a} is ahead of {@code b}, −32768 to 32767. */
    public static int sequenceDistance(int a, int b) {
        return (short) (a - b);
    }

    /** Returns how far timestamp {@code a} is ahead of {@code b}, −2³¹ to 2³¹−1. */
    public static int timestampDistance(long a, long b) {
        return (int) (a - b);
    }
}
