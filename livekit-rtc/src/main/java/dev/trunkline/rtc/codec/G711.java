package dev.trunkline.rtc.codec;

import java.util.Objects;

/**
 * ITU-T G.711: 8-bit logarithmic samples at 8 kHz, µ-law ({@link #PCMU}) and A-law ({@link #PCMA}), by table.
 *
 * <p>Linear samples are 16 bits wide: µ-law's 14 and A-law's 13 bits are the high bits. Encoding follows the
 * ITU's reference software (G.191): a negative sample's magnitude is its one's complement, so that the ranges of the
 * codes mirror each other around -½. Thread-safe.
 */
public enum G711 {
    /** µ-law, RTP payload type 0. */
    PCMU {
        @Override
        int expand(int code) {
            int bits = ~code & 0xff;
            int magnitude = ((((bits & 0x0f) << 3) + MU_BIAS) << (bits >> 4 & 7)) - MU_BIAS;
            return bits >= 0x80 ? -magnitude : magnitude;
        }

        @Override
        int compress(int sample) {
            int magnitude = Math.min(((sample < 0 ? ~sample : sample) & ~3) + MU_BIAS, 0x7fff);
            int segment = 24 - Integer.numberOfLeadingZeros(magnitude); // the bias has its top bit at 7
            return ~((sample < 0 ? 0x80 : 0) | segment << 4 | magnitude >> segment + 3 & 0x0f);
        }
    },

    /** A-law, RTP payload type 8. */
    PCMA {
        @Override
        int expand(int code) {
            int bits = code ^ A_EVEN_BITS;
            int segment = bits >> 4 & 7;
            int middle = ((bits & 0x0f) << 4) + 8;
            int magnitude = segment == 0 ? middle : middle + 0x100 << segment - 1;
            return (bits & 0x80) != 0 ? magnitude : -magnitude;
        }

        @Override
        int compress(int sample) {
            int magnitude = (sample < 0 ? ~sample : sample) >> 4;
            int segment = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
            int mantissa = magnitude >> Math.max(0, segment - 1) & 0x0f;
            return ((sample < 0 ? 0 : 0x80) | segment << 4 | mantissa) ^ A_EVEN_BITS;
        }
    };

    private static final int MU_BIAS = 0x84;
    /** A-law sends every even bit inverted, so that silence has transitions on the line. */
    private static final int A_EVEN_BITS = 0x55;

    private final short[] expanded = new short[256];
    private final byte[] compressed = new byte[65536];
    private final byte[] crossed = new byte[256];

    static {
        for (G711 law : values()) {
            for (int code = 0; code < 256; code++) {
                law.expanded[code] = (short) law.expand(code);
            }
            for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
                law.compressed[sample & 0xffff] = (byte) law.compress(sample);
            }
        }
        for (G711 law : values()) {
            for (int code = 0; code < 256; code++) {
                law.crossed[code] = law.other().encode(law.decode((byte) code));
            }
        }
    }

    abstract int expand(int code);

    abstract int compress(int sample);

    /** The other law. */
    public G711 other() {
        return this == PCMU ? PCMA : PCMU;
    }

    /** The code of silence, which fills gaps. */
    public byte silence() {
        return encode((short) 0);
    }

    /** Decodes one code to one linear sample. */
    public short decode(byte code) {
        return expanded[code & 0xff];
    }

    /** Encodes one linear sample as one code. */
    public byte encode(short sample) {
        return compressed[sample & 0xffff];
    }

    /** Converts one code of this law to one code of the other. */
    public byte cross(byte code) {
        return crossed[code & 0xff];
    }

    /** Decodes {@code length} codes from {@code codesOffset} into {@code pcm} from {@code pcmOffset}. */
    public void decode(byte[] codes, int codesOffset, int length, short[] pcm, int pcmOffset) {
        Objects.checkFromIndexSize(codesOffset, length, codes.length);
        Objects.checkFromIndexSize(pcmOffset, length, pcm.length);
        for (int i = 0; i < length; i++) {
            pcm[pcmOffset + i] = expanded[codes[codesOffset + i] & 0xff];
        }
    }

    /** Encodes {@code length} samples from {@code pcmOffset} into {@code codes} from {@code codesOffset}. */
    public void encode(short[] pcm, int pcmOffset, int length, byte[] codes, int codesOffset) {
        Objects.checkFromIndexSize(pcmOffset, length, pcm.length);
        Objects.checkFromIndexSize(codesOffset, length, codes.length);
        for (int i = 0; i < length; i++) {
            codes[codesOffset + i] = compressed[pcm[pcmOffset + i] & 0xffff];
        }
    }

    /** Converts codes of this law to codes of the other; both may be the same array at the same position. */
    public void cross(byte[] codes, int codesOffset, int length, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(codesOffset, length, codes.length);
        Objects.checkFromIndexSize(outOffset, length, out.length);
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = crossed[codes[codesOffset + i] & 0xff];
        }
    }
}
