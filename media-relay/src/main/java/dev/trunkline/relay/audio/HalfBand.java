package dev.trunkline.relay.audio;

/**
 * Converts between 8 and 16 kHz: a linear-phase low-pass at 4 kHz (a windowed sinc, of which every other tap is zero), flat to
 * 3.4 kHz. Serves one stream in one direction; not thread-safe, allocates nothing after construction.
 */
final class HalfBand {
    /** Non-zero taps on each side of the middle. */
    private static final int SIDE = 12;
    private static final double[] TAPS = taps();

    /** When downsampling: every second sample. Otherwise all. */
    private final double[] odd = new double[2 * SIDE];
    /** The samples between those. */
    private final double[] even = new double[2 * SIDE];

    /** Returns the sinc at half steps under a Hamming window; the taps add up to one. */
    private static double[] taps() {
        double[] taps = new double[2 * SIDE];
        double sum = 0;
        for (int i = 0; i < taps.length; i++) {
            double x = i - SIDE + 0.5;
            double phase = Math.PI * x / (SIDE + 0.5);
            double window = 0.54 + 0.46 * Math.cos(phase);
            taps[i] = Math.sin(Math.PI * x) / (Math.PI * x) * window;
            sum += taps[i];
        }
        for (int i = 0; i < taps.length; i++) {
            taps[i] /= sum;
        }
        return taps;
    }

    /** Converts 8 to 16 kHz: each sample as it is, and one between each two. */
    void doubled(short[] in, int count, short[] out, int at) {
        for (int i = 0; i < count; i++) {
            push(odd, in[i]);
            out[at + 2 * i] = (short) odd[SIDE - 1];
            out[at + 2 * i + 1] = rounded(between(odd));
        }
    }

    /** Converts 16 to 8 kHz: one sample from each two, of the band below 4 kHz. */
    void halved(short[] in, int count, short[] out, int at) {
        for (int i = 0; i < count / 2; i++) {
            push(even, in[2 * i]);
            out[at + i] = rounded((between(odd) + even[SIDE - 1]) / 2);
            push(odd, in[2 * i + 1]);
        }
    }

    private static void push(double[] line, short sample) {
        System.arraycopy(line, 1, line, 0, line.length - 1);
        line[line.length - 1] = sample;
    }

    private static double between(double[] line) {
        double sum = 0;
        for (int i = 0; i < line.length; i++) {
            sum += line[i] * TAPS[i];
        }
        return sum;
    }

    private static short rounded(double sample) {
        return (short) Math.clamp(Math.round(sample), Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
