package dev.trunkline.relay.audio;

import dev.trunkline.rtc.codec.G711;

/**
 * G.711 with concealment: a lost packet repeats the one before, more softly each time, until after 60 ms it is silent
 * (the idea of G.711 appendix I without its pitch search).
 */
public final class G711Decoder implements FrameDecoder {
    private static final int[] SOFTER_PERCENT = {70, 40, 15};

    private final G711 law;
    private final short[] last = new short[MOST_SAMPLES];
    private int lastLength;
    private int concealed;

    public G711Decoder(G711 law) {
        this.law = law;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int at) {
        int samples = Math.min(length, MOST_SAMPLES);
        law.decode(payload, offset, samples, pcm, at);
        System.arraycopy(pcm, at, last, 0, samples);
        lastLength = samples;
        concealed = 0;
        return samples;
    }

    @Override
    public int conceal(short[] pcm, int at, int samples) {
        int percent = lastLength == 0 || concealed >= SOFTER_PERCENT.length ? 0 : SOFTER_PERCENT[concealed];
        concealed++;
        for (int i = 0; i < samples; i++) {
            pcm[at + i] = percent == 0 ? 0 : (short) (last[i % lastLength] * percent / 100);
        }
        return samples;
    }
}
