package dev.trunkline.rtc.rtp;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.codec.G711;

/** The audio level of a payload as defined by RFC 6464: in −dBov, 0 for the loudest, 127 for silence. */
public final class AudioLevels {

    /** The level of silence. */
    public static final int SILENCE = 127;

    /** Means "not known". */
    public static final int NONE = -1;

    /** 0 dBov is the level of a full-scale square wave (RFC 6464 section 3, RFC 6465 appendix A). */
    private static final double FULL_SCALE_POWER = 32_767.0 * 32_767.0;

    /** The power of each code, by law. */
    private static final int[] PCMU_POWERS = powers(G711.PCMU);
    private static final int[] PCMA_POWERS = powers(G711.PCMA);

    private AudioLevels() {
    }

    /** Computed from a table for G.711; {@link #NONE} for Opus, which would have to be decoded. */
    public static int of(AudioCodec codec, byte[] payload, int offset, int length) {
        return switch (codec) {
            case PCMU -> of(PCMU_POWERS, payload, offset, length);
            case PCMA -> of(PCMA_POWERS, payload, offset, length);
            case OPUS -> NONE;
        };
    }

    private static int[] powers(G711 law) {
        int[] powers = new int[256];
        for (int code = 0; code < powers.length; code++) {
            int sample = law.decode((byte) code);
            powers[code] = sample * sample;
        }
        return powers;
    }

    private static int of(int[] powers, byte[] payload, int offset, int length) {
        if (length == 0) {
            return SILENCE;
        }
        long energy = 0;
        for (int i = offset; i < offset + length; i++) {
            energy += powers[payload[i] & 0xff];
        }
        double power = (double) energy / length / FULL_SCALE_POWER;
        if (power <= 0) {
            return SILENCE;
        }
        return (int) Math.clamp(Math.round(-10 * Math.log10(power)), 0, SILENCE);
    }
}
