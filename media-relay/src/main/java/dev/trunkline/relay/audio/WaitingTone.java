package dev.trunkline.relay.audio;

/**
 * Tells callers that they are not forgotten: two soft notes, a third apart, in a loop, with half a second between. Fades in and
 * out, so that nothing clicks; well below speech level.
 */
public final class WaitingTone implements Sound {
    private static final int PERIOD_MILLIS = 1_200;
    private static final int NOTE_MILLIS = 350;
    private static final double[] NOTES = {523.25, 659.25};
    /** −26 dB of full scale. */
    private static final double AMPLITUDE = 1_640;

    private final short[] period;
    private final short[] frame;
    private int at;

    public WaitingTone(int sampleRate) {
        period = new short[sampleRate / 1_000 * PERIOD_MILLIS];
        frame = new short[Mixer.frame(sampleRate)];
        int note = sampleRate / 1_000 * NOTE_MILLIS;
        for (int n = 0; n < NOTES.length; n++) {
            for (int i = 0; i < note; i++) {
                double swell = Math.pow(Math.sin(Math.PI * i / note), 2);
                period[n * note + i] =
                        (short) Math.round(AMPLITUDE * swell * Math.sin(2 * Math.PI * NOTES[n] * i / sampleRate));
            }
        }
    }

    @Override
    public short[] next() {
        System.arraycopy(period, at, frame, 0, frame.length);
        at = (at + frame.length) % period.length;
        return frame;
    }
}
