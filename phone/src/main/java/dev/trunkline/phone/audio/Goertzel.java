package dev.trunkline.phone.audio;

/** Measures how much of one frequency a stretch of samples contains (Goertzel's algorithm, any frequency). */
public final class Goertzel {

    private final double cosine;
    private final double sine;

    /**
     * @param hertz      the frequency
     * @param sampleRate samples a second, above twice the frequency
     */
    public Goertzel(double hertz, int sampleRate) {
        if (hertz <= 0 || hertz * 2 >= sampleRate) {
            throw new IllegalArgumentException(hertz + " Hz cannot be heard at " + sampleRate + " samples a second");
        }
        double turn = 2 * Math.PI * hertz / sampleRate;
        cosine = Math.cos(turn);
        sine = Math.sin(turn);
    }

    /** Returns the peak amplitude of that frequency, in the samples' unit: a sine of amplitude 1,000 gives about 1,000. */
    public double amplitude(short[] samples, int from, int count) {
        double coefficient = 2 * cosine;
        double before = 0;
        double last = 0;
        for (int i = from; i < from + count; i++) {
            double next = samples[i] + coefficient * last - before;
            before = last;
            last = next;
        }
        double real = last - before * cosine;
        double imaginary = before * sine;
        return 2 * Math.sqrt(real * real + imaginary * imaginary) / count;
    }

    /** Returns the mean square of the samples: a sine of amplitude a has a²/2. */
    public static double power(short[] samples, int from, int count) {
        long sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += (long) samples[i] * samples[i];
        }
        return (double) sum / count;
    }

    /** Returns power as dB of full scale: 0 for a full-scale square wave, −96 for silence. */
    public static double dbfs(double power) {
        return power <= 0 ? -96 : Math.max(-96, 10 * Math.log10(power / (32_768.0 * 32_768.0)));
    }
}
