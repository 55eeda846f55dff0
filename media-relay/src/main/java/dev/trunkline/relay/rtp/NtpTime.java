package dev.trunkline.relay.rtp;

/** NTP's 64-bit time (RFC 5905 section 6) from the wall clock. */
final class NtpTime {
    /** Seconds from 1900 to 1970. */
    private static final long EPOCH = 2_208_988_800L;

    private NtpTime() {}

    static long seconds(long epochMillis) {
        return Math.floorDiv(epochMillis, 1_000L) + EPOCH & 0xffffffffL;
    }

    static long fraction(long epochMillis) {
        return (Math.floorMod(epochMillis, 1_000L) << 32) / 1_000;
    }

    /** The middle 32 bits: in 1/65536 s, as reports echo it. */
    static long compact(long epochMillis) {
        return (seconds(epochMillis) & 0xffff) << 16 | fraction(epochMillis) >> 16;
    }
}
