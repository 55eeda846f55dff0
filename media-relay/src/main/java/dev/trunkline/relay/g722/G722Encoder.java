package dev.trunkline.relay.g722;

import java.util.Objects;

/**
 * ITU-T G.722 at 64 kbit/s: two samples of 16 kHz become one octet, six bits for the lower band and two for the higher.
 * Keeps the state of one stream; not thread-safe, allocates nothing after construction.
 */
public final class G722Encoder {
    private static final int TAPS = 24;

    private final LowBand low = new LowBand();
    private final HighBand high = new HighBand();
    private final int[] line = new int[TAPS];

    /**
     * @param samples an even number
     * @return octets written: half as many
     * @throws IllegalArgumentException for an odd number of samples
     */
    public int encode(short[] pcm, int offset, int samples, byte[] codes, int at) {
        if ((samples & 1) != 0) {
            throw new IllegalArgumentException("G.722 takes samples in pairs, not " + samples);
        }
        Objects.checkFromIndexSize(offset, samples, pcm.length);
        Objects.checkFromIndexSize(at, samples / 2, codes.length);
        for (int i = 0; i < samples / 2; i++) {
            codes[at + i] = (byte) encode(pcm[offset + 2 * i], pcm[offset + 2 * i + 1]);
        }
        return samples / 2;
    }

    /** Section 3.1: the quadrature mirror filter separates the bands, and each keeps every other sample. */
    private int encode(short first, short second) {
        System.arraycopy(line, 2, line, 0, TAPS - 2);
        line[TAPS - 2] = first;
        line[TAPS - 1] = second;
        int older = 0;
        int newer = 0;
        for (int i = 0; i < TAPS / 2; i++) {
            older += line[2 * i] * G722Tables.QMF[i];
            newer += line[2 * i + 1] * G722Tables.QMF[TAPS / 2 - 1 - i];
        }
        return high.encode(newer - older >> 14) << 6 | low.encode(newer + older >> 14);
    }
}
