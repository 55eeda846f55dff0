package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.Sound;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a caller hears after the participant who spoke has stopped and before LiveKit misses it: an agent whose process was killed is missed
 * after some 20 s. Only a caller whose own packets arrive hears it; an agent that echoes stops with its caller. Lives on the media loop.
 */
final class StoppedRoom {
    /** A phone whose last packet is older than this has stopped itself. */
    private static final long PHONE_NANOS = 500_000_000;

    private final PhoneSide phone;
    private final Optional<Sound.Source> source;
    private Optional<Sound> sound = Optional.empty();
    private int sampleRate;

    /** @param source empty for silence */
    StoppedRoom(PhoneSide phone, Optional<Sound.Source> source) {
        this.phone = phone;
        this.source = source;
    }

    /** Sets the sample rate in which the phone's audio is mixed from now on, in Hz. */
    void listener(int rate) {
        sampleRate = rate;
        sound = Optional.empty();
    }

    /** Returns whether a speaker has stopped and nobody else continues, so that {@link #next()} is to be heard. */
    boolean isSo(List<Speaker> speakers, long nowNanos) {
        if (source.isEmpty() || !anyStopped(speakers, nowNanos) || !phoneSends(nowNanos)) {
            sound = Optional.empty();
            return false;
        }
        if (sound.isEmpty()) {
            sound = source.map(audio -> audio.at(sampleRate));
        }
        return true;
    }

    /** Returns the next 20 ms; valid until the next call. */
    short[] next() {
        return sound.orElseThrow().next();
    }

    private static boolean anyStopped(List<Speaker> speakers, long nowNanos) {
        boolean stopped = false;
        for (int i = 0; i < speakers.size(); i++) {
            Steadiness steadiness = speakers.get(i).steadiness();
            if (steadiness.goesOn(nowNanos)) {
                return false;
            }
            stopped |= steadiness.stopped(nowNanos);
        }
        return stopped;
    }

    private boolean phoneSends(long nowNanos) {
        OptionalLong last = phone.life.lastHeard();
        return last.isPresent() && nowNanos - last.getAsLong() < PHONE_NANOS;
    }
}
