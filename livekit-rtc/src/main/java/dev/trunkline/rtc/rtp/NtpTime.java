package dev.trunkline.rtc.rtp;

import java.time.Instant;

/** NTP timestamps (RFC 3550 section 4): seconds since 1900 in the upper half, fractions in the lower. */
public final class NtpTime {

    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    private NtpTime() {
    }

    public static long of(Instant time) {
        long fraction = ((long) time.getNano() << 32) / 1_000_000_000L;
        return (time.getEpochSecond() + SECONDS_1900_TO_1970) << 32 | fraction;
    }

    /** Returns the middle 32 bits, as used in reports: units of 1/65536 s. */
    public static long middle(long ntp) {
        return ntp >>> 16 & 0xffff_ffffL;
    }
}
