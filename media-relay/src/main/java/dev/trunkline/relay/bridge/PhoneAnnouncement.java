package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.Mixer;
import dev.trunkline.relay.audio.Recording;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A recording that is played to a caller once and alone: nothing from the room is heard beside it. If an announcement must be played
 * before anybody is heard, the room is hushed from the start of the call. Lives on the media loop.
 *
 * <pre>
 *   none --play--> lead --300 ms--> sounds --its end--> none
 * </pre>
 */
final class PhoneAnnouncement {
    /** Frames of silence before it, while the phone's own audio path comes up. */
    private static final int LEAD = 15;
    private static final int FRAME_MILLIS = 1_000 / Mixer.FRAMES_A_SECOND;

    private Optional<Recording> recording = Optional.empty();
    private LongConsumer over = millis -> { };
    private short[] frame = {};
    private int sampleRate;
    private int next;
    private boolean hushed;
    private boolean listening;
    private volatile long playedMillis;

    /** Sets the sample rate of the phone's audio from now on, in Hz. */
    void listener(int rate) {
        sampleRate = rate;
        frame = new short[Mixer.frame(rate)];
    }

    /** Whether nothing from the room goes to the phone, whatever is played. */
    void hush(boolean now) {
        hushed = now;
    }

    /** Whether the phone is to speak: it hears only signals and recordings, and silence otherwise. */
    void listen(boolean now) {
        listening = now;
    }

    boolean isListening() {
        return listening;
    }

    /** @param whenOver given the milliseconds sent to the phone when all was sent; not called for a recording that this one cuts off */
    void play(Recording what, LongConsumer whenOver) {
        recording = Optional.of(what);
        over = whenOver;
        next = -LEAD;
        playedMillis = 0;
    }

    boolean isPlaying() {
        return recording.isPresent();
    }

    /** Returns whether nobody in the room is heard. */
    boolean isAlone() {
        return hushed || listening || isPlaying();
    }

    /** Returns the next 20 ms of what {@link #isPlaying}; valid until the next call. */
    short[] next() {
        if (next < 0) {
            Arrays.fill(frame, (short) 0);
        } else {
            recording.orElseThrow().frame(sampleRate, next, frame);
        }
        return frame;
    }

    /** The frame was sent. */
    void sent() {
        next++;
        playedMillis = Math.max(0, (long) next * FRAME_MILLIS);
        if (next >= recording.orElseThrow().frames()) {
            recording = Optional.empty();
            over.accept(playedMillis);
        }
    }

    /** Returns how much of the last one was sent to the phone. Any thread. */
    long playedMillis() {
        return playedMillis;
    }
}
