package dev.trunkline.relay.audio;

/** The ringing tone of most of Europe (ETSI TR 101 041, ITU-T E.180): 425 Hz, one second in five. */
public final class RingbackTone implements Sound {
    private static final int PERIOD_MILLIS = 5_000;
    private static final int ON_MILLIS = 1_000;
    private static final int HERTZ = 425;
    /** -20 dB of full scale. */
    private static final double AMPLITUDE = 3_277;

    private final short[] tone;
    private final short[] frame;
    private final int period;
    private int at;

    /** @param sampleRate a multiple of 1000 */
    public RingbackTone(int sampleRate) {
        int millis = sampleRate / 1_000;
        period = millis * PERIOD_MILLIS;
        tone = new short[millis * ON_MILLIS];
        frame = new short[Mixer.frame(sampleRate)];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (short) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * HERTZ * i / sampleRate));
        }
    }

    @Override
    public short[] next() {
        for (int i = 0; i < frame.length; i++) {
            frame[i] = at + i < tone.length ? tone[at + i] : 0;
        }
        at = (at + frame.length) % period;
        return frame;
    }
}
