package dev.trunkline.phone.audio;

import dev.trunkline.phone.Codec;

/** G.711 µ-law and A-law, 16 bit linear at 8,000 samples a second. */
public final class G711 {

    /** Returns the byte that decodes to silence, by codec. */
    public static byte silence(Codec codec) {
        return encode(codec, (short) 0);
    }

    private static final int MU_BIAS = 0x84;
    private static final int MU_CLIP = 32_635;
    private static final short[] MU_DECODED = table(Codec.PCMU);
    private static final short[] A_DECODED = table(Codec.PCMA);

    private G711() {}

    /** Encodes one sample as one byte. */
    public static byte encode(Codec codec, short sample) {
        return switch (codec) {
            case PCMU -> encodeMu(sample);
            case PCMA -> encodeA(sample);
            case TELEPHONE_EVENT -> throw notAudio();
        };
    }

    /** Decodes one byte to one sample. */
    public static short decode(Codec codec, byte octet) {
        return switch (codec) {
            case PCMU -> MU_DECODED[octet & 0xff];
            case PCMA -> A_DECODED[octet & 0xff];
            case TELEPHONE_EVENT -> throw notAudio();
        };
    }

    private static byte encodeMu(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS;
        int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
        int mantissa = magnitude >> (exponent + 3) & 0x0f;
        return (byte) ~(sign | exponent << 4 | mantissa);
    }

    private static byte encodeA(int sample) {
        int sign = sample >= 0 ? 0x80 : 0;
        // Negative values mirror one step lower, so that each step has its own code (G.711 table 1b).
        int magnitude = (sample >= 0 ? sample : ~sample) >> 4;
        int exponent = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
        int mantissa = exponent == 0 ? magnitude & 0x0f : magnitude >> (exponent - 1) & 0x0f;
        return (byte) ((sign | exponent << 4 | mantissa) ^ 0x55);
    }

    private static short[] table(Codec codec) {
        short[] decoded = new short[256];
        for (int i = 0; i < decoded.length; i++) {
            decoded[i] = (short) (codec == Codec.PCMU ? decodeMu(~i & 0xff) : decodeA(i ^ 0x55));
        }
        return decoded;
    }

    private static int decodeMu(int code) {
        int magnitude = (((code & 0x0f) << 3) + MU_BIAS << (code >> 4 & 7)) - MU_BIAS;
        return (code & 0x80) != 0 ? -magnitude : magnitude;
    }

    private static int decodeA(int code) {
        int exponent = code >> 4 & 7;
        int step = (code & 0x0f) << 4;
        int magnitude = exponent == 0 ? step + 8 : step + 0x108 << exponent - 1;
        return (code & 0x80) != 0 ? magnitude : -magnitude;
    }

    private static IllegalArgumentException notAudio() {
        return new IllegalArgumentException("telephone-event is not an audio codec");
    }
}
