package dev.trunkline.relay.g722;

import java.util.Objects;

/**
 * ITU-T G.722 at 64 kbit/s, to 16 kHz. Keeps the state of one stream, which recovers some milliseconds after a
 * loss. Not thread-safe, allocates nothing after construction.
 */
public final class G722Decoder {
    private static final int TAPS = 24;

    private final LowBand low = new LowBand();
    private final HighBand high = new HighBand();
    private final int[] line = new int[TAPS];

    /** @return samples written: two for each octet */
    public int decode(byte[] codes, int offset, int length, short[] pcm, int at) {
        Objects.checkFromIndexSize(offset, length, codes.length);
        Objects.checkFromIndexSize(at, 2 * length, pcm.length);
        for (int i = 0; i < length; i++) {
            decode(codes[offset + i] & 0xff, pcm, at + 2 * i);
        }
        return 2 * length;
    }

    /** Section 4.4: the receiving filter turns both bands into two samples. */
    private void decode(int code, short[] pcm, int at) {
        int lower = low.decode(code & 0x3f);
        int higher = high.decode(code >> 6);
        System.arraycopy(line, 2, line, 0, TAPS - 2);
        line[TAPS - 2] = lower + higher;
        line[TAPS - 1] = lower - higher;
        int first = 0;
        int second = 0;
        for (int i = 0; i < TAPS / 2; i++) {
            second += line[2 * i] * G722Tables.QMF[i];
            first += line[2 * i + 1] * G722Tables.QMF[TAPS / 2 - 1 - i];
        }
        pcm[at] = (short) Saturation.to16(first >> 11);
        pcm[at + 1] = (short) Saturation.to16(second >> 11);
    }
}
