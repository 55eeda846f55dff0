package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.Sound;
import java.util.Optional;

/**
 * What a caller hears while nobody answers. Somebody in the room is not yet somebody who speaks: an agent may die between its
 * joining and its first packet, and is missed some 20 s later. So the sound goes on until something is heard of the room.
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

    /** The phone's audio is mixed at this rate from now on, in Hz. */
    void listener(int rate) {
        sampleRate = rate;
        sound = source.map(audio -> audio.at(rate));
    }

    /** From now on the phone hears this beside the room; empty ends it. */
    void play(Optional<Sound.Source> what) {
        source = what;
        sound = what.map(audio -> audio.at(sampleRate));
        untilHeard = false;
    }

    /** Somebody answers, and has said nothing yet. Who says nothing for so long that LiveKit would have missed it is quiet on purpose. */
    void endOnceHeard(long nowNanos) {
        untilHeard = true;
        sinceNanos = nowNanos;
    }

    /** A packet of the room came, or somebody there is quiet on purpose. */
    void heard() {
        if (untilHeard) {
            play(Optional.empty());
        }
    }

    /** Whether {@link #next()} is to be heard. */
    boolean isPlayed(long nowNanos) {
        if (untilHeard && nowNanos - sinceNanos >= Steadiness.MISSED_NANOS) {
            play(Optional.empty());
        }
        return sound.isPresent();
    }

    /** The next 20 ms; valid until the next call. */
    short[] next() {
        return sound.orElseThrow().next();
    }
}
