package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.Mixer;
import dev.trunkline.relay.audio.Recording;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What a caller is told by a recording, once and alone: nothing of the room is heard beside it. Where somebody must be told something
 * before anybody is heard, the room is hushed from the call's beginning on. Lives on the media loop.
 *
 * <pre>
 *   none --play--> lead --300 ms--> sounds --its end--> none
 * </pre>
 */
final class PhoneAnnouncement {
    /** Frames of silence before it: the phone's own path comes up meanwhile. */
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

    /** The phone's audio is made at this rate from now on, in Hz. */
    void listener(int rate) {
        sampleRate = rate;
        frame = new short[Mixer.frame(rate)];
    }

    /** Whether nothing of the room goes to the phone, whatever is played. */
    void hush(boolean now) {
        hushed = now;
    }

    /** Whether the phone is to speak: it hears signals and recordings, and else silence. */
    void listen(boolean now) {
        listening = now;
    }

    boolean isListening() {
        return listening;
    }

    /** @param whenOver told how much of it the phone was sent, in ms, when that was all of it; a recording that sounds is cut off untold */
    void play(Recording what, LongConsumer whenOver) {
        recording = Optional.of(what);
        over = whenOver;
        next = -LEAD;
        playedMillis = 0;
    }

    boolean isPlaying() {
        return recording.isPresent();
    }

    /** Whether nobody of the room is heard. */
    boolean isAlone() {
        return hushed || listening || isPlaying();
    }

    /** The next 20 ms of what {@link #isPlaying}; valid until the next call. */
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

    /** How much of the last one the phone was sent. Any thread. */
    long playedMillis() {
        return playedMillis;
    }
}
