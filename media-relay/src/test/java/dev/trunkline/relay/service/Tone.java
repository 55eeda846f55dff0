package dev.trunkline.relay.service;

/** Sine tones, and their detection. */
final class Tone {
    private static final int RATE = 8_000;

    private Tone() {}

    /** Returns one 20 ms frame of a tone at 8 kHz. */
    static short[] pcm(double hertz, int index) {
        return pcm(hertz, RATE, index * 160L, 160);
    }

    static short[] pcm(double hertz, int rate, long from, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) (8_000 * Math.sin(2 * Math.PI * hertz * (from + i) / rate));
        }
        return pcm;
    }

    /** Returns the share of the energy at a frequency, 0.0 to 1.0 (Goertzel's algorithm, in pieces of 20 ms). */
    static double share(short[] pcm, int rate, double hertz) {
        int piece = rate / 50;
        double energy = 0;
        double tone = 0;
        double coefficient = 2 * Math.cos(2 * Math.PI * hertz / rate);
        for (int from = 0; from + piece <= pcm.length; from += piece) {
            double s1 = 0;
            double s2 = 0;
            for (int i = from; i < from + piece; i++) {
                double s = pcm[i] + coefficient * s1 - s2;
                s2 = s1;
                s1 = s;
                energy += (double) pcm[i] * pcm[i];
            }
            tone += 2 * (s1 * s1 + s2 * s2 - coefficient * s1 * s2) / piece;
        }
        return energy == 0 ? 0 : tone / energy;
    }
}
