package dev.trunkline.fuzz;

import java.util.Arrays;
import java.util.Random;

/** Damages RTP packets (RFC 3550 section 5.1), each in one random way. Not thread-safe. */
public final class RtpDamage {
    private static final int LONGEST = 1_600;

    private final Random random;

    public RtpDamage(Random random) {
        this.random = random;
    }

    /** Returns a damaged copy of this packet; the given array is not changed. */
    public byte[] damage(byte[] packet) {
        byte[] octets = packet.clone();
        switch (random.nextInt(11)) {
            case 0 -> octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> octets = Arrays.copyOf(octets, random.nextInt(octets.length));
            case 2 -> octets = Arrays.copyOf(octets, octets.length + random.nextInt(LONGEST - octets.length));
            // The header announces fifteen contributing sources, an extension, padding: none of them is there.
            case 3 -> octets[0] |= 0x0f;
            case 4 -> octets[0] |= 0x10;
            case 5 -> octets[0] |= 0x20;
            case 6 -> octets[1] = (byte) random.nextInt(256);
            case 7 -> noise(octets, 2, 4);
            case 8 -> noise(octets, 4, 8);
            case 9 -> noise(octets, 8, 12);
            default -> noise(octets, 0, octets.length);
        }
        return octets;
    }

    private void noise(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            octets[i] = (byte) random.nextInt(256);
        }
    }
}
