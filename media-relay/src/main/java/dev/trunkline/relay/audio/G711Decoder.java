package dev.trunkline.relay.audio;

import dev.trunkline.rtc.codec.G711;

/** G.711 to 8 kHz, with concealment. */
public final class G711Decoder implements FrameDecoder {
    private static final int MOST_OCTETS = 8 * MOST_MILLIS;

    private final G711 law;
    private final Concealment concealment = new Concealment();

    public G711Decoder(G711 law) {
        this.law = law;
    }

    @Override
    public int sampleRate() {
        return 8_000;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int at) {
        int samples = Math.min(length, MOST_OCTETS);
        law.decode(payload, offset, samples, pcm, at);
        concealment.heard(pcm, at, samples);
        return samples;
    }

    @Override
    public int conceal(short[] pcm, int at, int samples) {
        return concealment.fill(pcm, at, samples);
    }
}
