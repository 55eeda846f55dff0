package dev.trunkline.rtc.srtp;

import dev.trunkline.rtc.rtp.RtpWriter;

/**
 * Gets the ciphers compiled before the first call arrives: interpreted code is a hundred times slower, and a busy machine
 * compiles late.
 */
public final class SrtpWarmUp {

    /** Calls after which the JIT compiles a method to its final tier, plus a margin. */
    private static final int PACKETS = 12_000;

    private static final int KEY = 16;
    private static final int PAYLOAD = 160;

    private SrtpWarmUp() {
    }

    /** Seals and opens packets under every suite. Occupies the calling thread for some tenths of a second. */
    public static void run() {
        for (SrtpSuite suite : SrtpSuite.values()) {
            byte[] key = new byte[KEY];
            byte[] salt = new byte[suite.saltLength()];
            SrtpSession session = new SrtpSession(suite, key, salt, key, salt);
            RtpWriter writer = new RtpWriter(1, 1);
            byte[] packet = new byte[RtpWriter.OVERHEAD + PAYLOAD + SrtpSession.TAIL];
            for (int i = 0; i < PACKETS; i++) {
                // Opus packets vary in length.
                int length = writer.header(packet, 0, false, i, (long) PAYLOAD * i, i & 1) + PAYLOAD - i % 2 * (i & 0x3f);
                session.unprotectRtp(packet, session.protectRtp(packet, length));
            }
        }
    }
}
