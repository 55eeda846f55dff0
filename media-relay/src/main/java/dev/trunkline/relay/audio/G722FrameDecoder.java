package dev.trunkline.relay.audio;

import dev.trunkline.relay.g722.G722Decoder;

/** G.722 to 16 kHz, with concealment. */
public final class G722FrameDecoder implements FrameDecoder {
    private static final int OCTETS_A_MILLI = 8;
    private static final int MOST_OCTETS = OCTETS_A_MILLI * MOST_MILLIS;

    private final G722Decoder decoder = new G722Decoder();
    private final Concealment concealment = new Concealment();

    @Override
    public int sampleRate() {
        return 16_000;
    }

    /** Accepts whole milliseconds only: a fraction of one at the end is damage. */
    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int at) {
        if (length % OCTETS_A_MILLI != 0 || length > MOST_OCTETS) {
            return 0;
        }
        int samples = decoder.decode(payload, offset, length, pcm, at);
        concealment.heard(pcm, at, samples);
        return samples;
    }

    @Override
    public int conceal(short[] pcm, int at, int samples) {
        return concealment.fill(pcm, at, samples);
    }
}
