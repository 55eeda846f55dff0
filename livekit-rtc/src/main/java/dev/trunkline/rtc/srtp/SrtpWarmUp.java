package dev.trunkline.rtc.srtp;

import dev.trunkline.rtc.rtp.RtpWriter;

/**
 * Has the ciphers compiled before the first call comes: what is interpreted takes a hundred times as long, and a machine that is
 * busy compiles late.
 */
public final class SrtpWarmUp {

    /** After so many calls the JIT compiles a method for good, with some to spare. */
    private static final int PACKETS = 12_000;

    private static final int KEY = 16;
    private static final int PAYLOAD = 160;

    private SrtpWarmUp() {
    }

    /** Seals and opens packets under every suite. Takes some tenths of a second of the calling thread. */
    public static void run() {
        for (SrtpSuite suite : SrtpSuite.values()) {
            byte[] key = new byte[KEY];
            byte[] salt = new byte[suite.saltLength()];
            SrtpSession session = new SrtpSession(suite, key, salt, key, salt);
            RtpWriter writer = new RtpWriter(1, 1);
            byte[] packet = new byte[RtpWriter.OVERHEAD + PAYLOAD + SrtpSession.TAIL];
            for (int i = 0; i < PACKETS; i++) {
                // Opus is of any length.
                int length = writer.header(packet, 0, false, i, (long) PAYLOAD * i, i & 1) + PAYLOAD - i % 2 * (i & 0x3f);
                session.unprotectRtp(packet, session.protectRtp(packet, length));
            }
        }
    }
}
