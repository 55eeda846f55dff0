package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.Sound;
import java.util.Optional;

/**
 * Holds a caller about whom somebody in the room speaks with somebody else: phone and room hear nothing of each other, and the phone hears
 * the waiting sound, whoever comes, goes or speaks. Lives on the media loop.
 */
final class PhoneHold {
    private Optional<Sound.Source> source = Optional.empty();
    private Optional<Sound> sound = Optional.empty();
    private int sampleRate;
    private boolean on;

    /** Sets the sample rate of the phone's audio from now on, in Hz. */
    void listener(int rate) {
        sampleRate = rate;
        sound = source.map(audio -> audio.at(rate));
    }

    /** @param what the phone hears meanwhile; empty for silence */
    void begin(Optional<Sound.Source> what) {
        on = true;
        source = what;
        sound = what.map(audio -> audio.at(sampleRate));
    }

    void end() {
        on = false;
        source = Optional.empty();
        sound = Optional.empty();
    }

    boolean isOn() {
        return on;
    }

    /** Returns the next 20 ms; valid until the next call. @param silence 20 ms of it */
    short[] next(short[] silence) {
        return sound.isPresent() ? sound.get().next() : silence;
    }
}
