package dev.trunkline.rtc.codec;

/**
 * Downsamples 48 kHz to 8, 12, 16 or 24 kHz: a linear-phase low-pass filter, followed by taking every n-th sample.
 *
 * <p>Passes up to 0.81 of the new Nyquist frequency and attenuates by 60 dB from just above it; the delay is 2 ms at 8 kHz.
 */
final class Downsampler {
    private static final int IN_RATE = 48_000;
    /** A multiple of four. */
    private static final int TAPS_PER_STEP = 32;
    /** Middle of the transition band, as a fraction of the new Nyquist frequency. */
    private static final double CUTOFF = 0.925;
    /** Shape of the Kaiser window, for 60 dB. */
    private static final double BETA = 5.65;

    private final int step;
    private final float[] taps;
    /** The end of the previous samples, followed by the current ones. */
    private final float[] line;

    Downsampler(int outRate, int mostIn) {
        step = IN_RATE / outRate;
        taps = lowPass(TAPS_PER_STEP * step, CUTOFF / step);
        line = new float[taps.length - 1 + mostIn];
    }

    /**
     * @param count samples at 48 kHz, a multiple of the step
     * @return samples written
     */
    int process(short[] in, int count, short[] out) {
        int before = taps.length - 1;
        for (int i = 0; i < count; i++) {
            line[before + i] = in[i];
        }
        int written = count / step;
        for (int i = 0; i < written; i++) {
            int from = i * step;
            // Four independent sums: a single one would have each addition wait for the previous.
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            for (int k = 0; k < taps.length; k += 4) {
                a += line[from + k] * taps[k];
                b += line[from + k + 1] * taps[k + 1];
                c += line[from + k + 2] * taps[k + 2];
                d += line[from + k + 3] * taps[k + 3];
            }
            out[i] = (short) Math.clamp(Math.round(a + b + c + d), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        System.arraycopy(line, count, line, 0, before);
        return written;
    }

    /** A windowed sinc; the cutoff is a fraction of the Nyquist frequency of the input. */
    private static float[] lowPass(int length, double cutoff) {
        double[] shape = new double[length];
        double sum = 0;
        double middle = (length - 1) / 2.0;
        for (int i = 0; i < length; i++) {
            double x = Math.PI * (i - middle) * cutoff;
            double sinc = i == middle ? 1 : Math.sin(x) / x;
            double edge = (i - middle) / middle;
            shape[i] = sinc * bessel(BETA * Math.sqrt(Math.max(0, 1 - edge * edge)));
            sum += shape[i];
        }
        float[] taps = new float[length];
        for (int i = 0; i < length; i++) {
            taps[i] = (float) (shape[i] / sum);
        }
        return taps;
    }

    /** The modified Bessel function of order zero, by its power series. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; k < 30; k++) {
            term *= (x / 2 / k) * (x / 2 / k);
            sum += term;
        }
        return sum;
    }
}
