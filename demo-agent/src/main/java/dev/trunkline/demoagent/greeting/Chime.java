package dev.trunkline.demoagent.greeting;

/**
 * Three rising notes, struck like a bell: C5, E5 and G5. They are computed, so no recording of anybody's is shipped.
 *
 * <pre>
 *   C5 ▇▆▅▄▃▂▁▁
 *   E5     ▇▆▅▄▃▂▁▁
 *   G5         ▇▆▅▄▃▂▁▁
 *      |---|---|-------|   240 ms between the notes, 720 ms in all
 * </pre>
 */
public final class Chime {
    private static final double[] NOTES_HZ = {523.25, 659.26, 783.99};
    private static final double BETWEEN_SECONDS = 0.24;
    private static final double SECONDS = NOTES_HZ.length * BETWEEN_SECONDS;
    private static final double ATTACK_SECONDS = 0.008;
    /** Seconds in which a note decays to a third. */
    private static final double DECAY_SECONDS = 0.16;
    private static final double FADE_OUT_SECONDS = 0.06;
    /** Fraction of full scale; the notes overlap, and three of them together stay below it. */
    private static final double LOUDNESS = 0.22;

    private Chime() {}

    /** Returns the whole sound as 16-bit samples. @param sampleRate in Hz */
    public static short[] samples(int sampleRate) {
        short[] pcm = new short[(int) Math.round(SECONDS * sampleRate)];
        for (int i = 0; i < pcm.length; i++) {
            double time = (double) i / sampleRate;
            double sum = 0;
            for (int note = 0; note < NOTES_HZ.length; note++) {
                sum += note(NOTES_HZ[note], time - note * BETWEEN_SECONDS);
            }
            double fadeOut = Math.min(1, (SECONDS - time) / FADE_OUT_SECONDS);
            pcm[i] = (short) Math.round(sum * fadeOut * LOUDNESS * Short.MAX_VALUE);
        }
        return pcm;
    }

    /** One note with a little of its octave, {@code time} seconds after it was struck. */
    private static double note(double hertz, double time) {
        if (time < 0) {
            return 0;
        }
        double envelope = Math.min(1, time / ATTACK_SECONDS) * Math.exp(-time / DECAY_SECONDS);
        double phase = 2 * Math.PI * hertz * time;
        return envelope * (Math.sin(phase) + 0.25 * Math.sin(2 * phase));
    }
}
