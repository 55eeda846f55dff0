package dev.trunkline.relay.audio;

import java.util.ArrayDeque;
import java.util.List;

/** Makes short tones by arithmetic, frame by frame. Not thread-safe; allocates nothing for a frame. */
public final class Beeper {
    /** −12 dB of full scale: clearly audible without being unpleasant. */
    private static final double AMPLITUDE = 8_192;
    /** Fade-in and fade-out, so that nothing clicks. */
    private static final int RAMP_MILLIS = 5;

    /**
     * One tone.
     *
     * @param hertz 0 for silence
     * @param millis 1 or more
     */
    public record Beep(int hertz, int millis) {}

    /** What the caller is signalled by tones. */
    public enum Signal {
        /** Enter something now: one tone, after a moment in which the phone's own path comes up. */
        ASK(List.of(new Beep(0, 300), new Beep(1_000, 300))),
        /** That was wrong, enter it again: two low tones, then the one that asks. */
        AGAIN(List.of(
                new Beep(400, 160), new Beep(0, 100), new Beep(400, 160), new Beep(0, 400), new Beep(1_000, 300))),
        /** Speak now: recording starts when the signal ends. */
        SPEAK(List.of(new Beep(0, 200), new Beep(1_000, 400))),
        /** Not yet: keys entered now are ignored. Three short low tones. */
        WAIT(List.of(
                new Beep(400, 80), new Beep(0, 80), new Beep(400, 80), new Beep(0, 80), new Beep(400, 80)));

        private final List<Beep> beeps;

        Signal(List<Beep> beeps) {
            this.beeps = beeps;
        }
    }

    private final ArrayDeque<Beep> waiting = new ArrayDeque<>();
    private final int sampleRate;
    private final short[] frame;
    /** Samples of the first waiting tone that are already made. */
    private int made;

    /** @param sampleRate in Hz */
    public Beeper(int sampleRate) {
        this.sampleRate = sampleRate;
        this.frame = new short[Mixer.frame(sampleRate)];
    }

    /** Begins a signal and cuts off one that still sounds. */
    public void play(Signal signal) {
        waiting.clear();
        waiting.addAll(signal.beeps);
        made = 0;
    }

    public boolean busy() {
        return !waiting.isEmpty();
    }

    /** Returns the next 20 ms, silence if nothing is left; valid until the next call. */
    public short[] next() {
        for (int i = 0; i < frame.length; i++) {
            frame[i] = sample();
        }
        return frame;
    }

    private short sample() {
        Beep beep = waiting.peek();
        if (beep == null) {
            return 0;
        }
        int length = beep.millis() * sampleRate / 1_000;
        int edge = Math.min(made, length - 1 - made);
        double volume = AMPLITUDE * Math.min(1, edge * 1_000.0 / (RAMP_MILLIS * sampleRate));
        short sample = (short) (volume * Math.sin(2 * Math.PI * beep.hertz() * made / sampleRate));
        if (++made == length) {
            waiting.poll();
            made = 0;
        }
        return sample;
    }
}
