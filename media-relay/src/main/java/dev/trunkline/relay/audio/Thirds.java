package dev.trunkline.relay.audio;

/**
 * Converts from 48 to 16 kHz: a linear-phase low-pass (a windowed sinc), flat to 6.5 kHz and closed above 8.5, then every third sample. For
 * a whole recording at once; stateless.
 */
final class Thirds {
    private static final int SOURCE_RATE = 48_000;
    private static final double CUT_OFF = 7_500;
    /** Taps on each side of the middle. */
    private static final int SIDE = 72;
    private static final double[] TAPS = taps();

    private Thirds() {}

    /** Returns the taps under a Hamming window; they add up to one. */
    private static double[] taps() {
        double[] taps = new double[2 * SIDE + 1];
        double sum = 0;
        for (int i = 0; i < taps.length; i++) {
            double x = 2 * CUT_OFF / SOURCE_RATE * (i - SIDE);
            double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
            taps[i] = sinc * (0.54 + 0.46 * Math.cos(Math.PI * (i - SIDE) / (SIDE + 1)));
            sum += taps[i];
        }
        for (int i = 0; i < taps.length; i++) {
            taps[i] /= sum;
        }
        return taps;
    }

    /** @return a third as many samples; the audio before and after the recording counts as silence */
    static short[] of(short[] pcm) {
        short[] third = new short[pcm.length / 3];
        for (int n = 0; n < third.length; n++) {
            double sum = 0;
            int from = 3 * n - SIDE;
            for (int i = Math.max(0, -from); i < TAPS.length && from + i < pcm.length; i++) {
                sum += TAPS[i] * pcm[from + i];
            }
            third[n] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return third;
    }
}
