package dev.trunkline.rtc.codec;

/** Reads what the first bytes of an Opus packet say about it (RFC 6716 section 3). */
public final class OpusPacket {
    private static final int MAX_FRAMES = 48;

    private OpusPacket() {}

    /**
     * Whether the packet may be passed to a decoder: not empty, not longer than a datagram, and no more than 120 ms of
     * audio. The frame lengths inside are left for the decoder to check.
     */
    static boolean isValid(byte[] packet, int offset, int length) {
        if (length < 1 || length > OpusLimits.MAX_PACKET_BYTES) {
            return false;
        }
        int frames = frames(packet, offset, length);
        return frames > 0
                && frames * frameSamples(packet[offset], 48_000) <= 48 * OpusDecoder.MAX_PACKET_MILLIS;
    }

    /** Samples in a valid packet at the given rate. */
    static int samples(byte[] packet, int offset, int length, int rate) {
        return frames(packet, offset, length) * frameSamples(packet[offset], rate);
    }

    /** Milliseconds of audio in a packet, 2.5 ms counted as 2; 0 for an invalid one. */
    public static int millis(byte[] packet, int offset, int length) {
        return isValid(packet, offset, length) ? samples(packet, offset, length, 8_000) / 8 : 0;
    }

    /** Number of frames, from the two low bits of the TOC byte (section 3.2); 0 if invalid. */
    private static int frames(byte[] packet, int offset, int length) {
        return switch (packet[offset] & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> {
                int count = length < 2 ? 0 : packet[offset + 1] & 0x3f;
                yield count > MAX_FRAMES ? 0 : count;
            }
        };
    }

    /** Length of one frame, from the configuration number in the five high bits of the TOC byte (section 3.1). */
    private static int frameSamples(byte toc, int rate) {
        int config = (toc & 0xff) >> 3;
        if (config >= 16) {
            return (rate << (config & 3)) / 400; // CELT: 2.5, 5, 10, 20 ms
        }
        if (config >= 12) {
            return (config & 1) == 0 ? rate / 100 : rate / 50; // hybrid: 10, 20 ms
        }
        int size = config & 3; // SILK: 10, 20, 40, 60 ms
        return size == 3 ? rate * 60 / 1000 : (rate << size) / 100;
    }
}
