package dev.trunkline.relay.audio;

/**
 * Conceals lost packets of a codec that has no method of its own: repeats the last piece, more softly each time, until it is silent
 * after three (the idea of G.711 appendix I without its pitch search).
 */
final class Concealment {
    private static final int[] SOFTER_PERCENT = {70, 40, 15};

    private final short[] last = new short[FrameDecoder.MOST_SAMPLES];
    private int lastLength;
    private int concealed;

    /** Remembers decoded audio, to be repeated if nothing follows. */
    void heard(short[] pcm, int at, int samples) {
        System.arraycopy(pcm, at, last, 0, samples);
        lastLength = samples;
        concealed = 0;
    }

    int fill(short[] pcm, int at, int samples) {
        int percent = lastLength == 0 || concealed >= SOFTER_PERCENT.length ? 0 : SOFTER_PERCENT[concealed];
        concealed++;
        for (int i = 0; i < samples; i++) {
            pcm[at + i] = percent == 0 ? 0 : (short) (last[i % lastLength] * percent / 100);
        }
        return samples;
    }
}
