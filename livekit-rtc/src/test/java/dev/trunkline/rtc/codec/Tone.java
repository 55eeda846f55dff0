package dev.trunkline.rtc.codec;

/** A sine wave, and a measure of how much of it the output contains. */
final class Tone {
    private final double hertz;
    private final int rate;

    Tone(double hertz, int rate) {
        this.hertz = hertz;
        this.rate = rate;
    }

    /** Returns samples from a position in the endless tone, at an amplitude of 8000. */
    short[] samples(int from, int count) {
        short[] pcm = new short[count];
        for (int i = 0; i < count; i++) {
            pcm[i] = (short) Math.round(8_000 * Math.sin(2 * Math.PI * hertz * (from + i) / rate));
        }
        return pcm;
    }

    /**
     * Returns the signal-to-noise ratio in decibels: the energy that a sine of this frequency, at any phase and
     * amplitude, explains, over the rest.
     */
    double signalToNoise(short[] pcm, int from, int to) {
        double sin = 0;
        double cos = 0;
        double energy = 0;
        int count = to - from;
        for (int i = from; i < to; i++) {
            double phase = 2 * Math.PI * hertz * i / rate;
            sin += pcm[i] * Math.sin(phase);
            cos += pcm[i] * Math.cos(phase);
            energy += (double) pcm[i] * pcm[i];
        }
        double signal = 2 * (sin * sin + cos * cos) / count;
        return 10 * Math.log10(signal / Math.max(1e-9, energy - signal));
    }

    static double rms(short[] pcm, int from, int to) {
        double energy = 0;
        for (int i = from; i < to; i++) {
            energy += (double) pcm[i] * pcm[i];
        }
        return Math.sqrt(energy / (to - from));
    }
}
