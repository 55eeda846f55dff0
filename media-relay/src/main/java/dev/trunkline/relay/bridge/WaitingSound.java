package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.Sound;
import java.util.Optional;

/**
 * What a caller hears while nobody answers. A participant in the room does not necessarily speak: an agent may die between its
 * joining and its first packet, and is missed some 20 s later. So the sound continues until something from the room is heard.
 *
 * <pre>
 *   none --play--> plays --unless heard--> plays until heard --a packet, or 30 s--> none
 *                    ^--------play--------------'
 * </pre>
 *
 * Lives on the media loop.
 */
final class WaitingSound {
    private Optional<Sound.Source> source = Optional.empty();
    private Optional<Sound> sound = Optional.empty();
    private int sampleRate;
    private boolean untilHeard;
    private long sinceNanos;

    /** Sets the sample rate in which the phone's audio is mixed from now on, in Hz. */
    void listener(int rate) {
        sampleRate = rate;
        sound = source.map(audio -> audio.at(rate));
    }

    /** Plays this to the phone, mixed with the room, from now on; empty ends it. */
    void play(Optional<Sound.Source> what) {
        source = what;
        sound = what.map(audio -> audio.at(sampleRate));
        untilHeard = false;
    }

    /** Somebody answers and has said nothing yet. One who is silent for so long that LiveKit would have missed it is quiet on purpose. */
    void endOnceHeard(long nowNanos) {
        untilHeard = true;
        sinceNanos = nowNanos;
    }

    /** A packet came from the room, or somebody there is quiet on purpose. */
    void heard() {
        if (untilHeard) {
            play(Optional.empty());
        }
    }

    /** Returns whether {@link #next()} is to be heard. */
    boolean isPlayed(long nowNanos) {
        if (untilHeard && nowNanos - sinceNanos >= Steadiness.MISSED_NANOS) {
            play(Optional.empty());
        }
        return sound.isPresent();
    }

    /** Returns the next 20 ms; valid until the next call. */
    short[] next() {
        return sound.orElseThrow().next();
    }
}
