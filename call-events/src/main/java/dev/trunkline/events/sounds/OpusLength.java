package dev.trunkline.events.sounds;

/**
 * How much audio an Opus packet holds, from its first octets (RFC 6716 section 3.1). The codec of {@code livekit-rtc} knows it
 * too, but this module is below it.
 */
final class OpusLength {
    /** Of one packet, at 48 kHz: 120 ms. */
    static final int MOST_SAMPLES = 5_760;
    /** The maximum that decoders of the suite accept; encoders stay far below. */
    private static final int MOST_OCTETS = 4_096;
    private static final int MOST_FRAMES = 48;

    private OpusLength() {}

    /** Returns samples at 48 kHz; 0 for octets that are not a packet. */
    static int samples(byte[] packet) {
        if (packet.length == 0 || packet.length > MOST_OCTETS) {
            return 0;
        }
        int frames = switch (packet[0] & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> packet.length < 2 ? 0 : packet[1] & 0x3f;
        };
        int samples = frames > MOST_FRAMES ? 0 : frames * frame((packet[0] & 0xff) >> 3);
        return samples > MOST_SAMPLES ? 0 : samples;
    }

    private static int frame(int config) {
        if (config >= 16) {
            return 120 << (config & 3); // CELT: 2.5, 5, 10, 20 ms
        }
        if (config >= 12) {
            return (config & 1) == 0 ? 480 : 960; // hybrid: 10, 20 ms
        }
        return (config & 3) == 3 ? 2_880 : 480 << (config & 3); // SILK: 10, 20, 40, 60 ms
    }
}
