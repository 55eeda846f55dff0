package dev.trunkline.relay.audio;

/** An endless sound played to one listener. Not thread-safe. */
public interface Sound {
    /** Returns the next 20 ms; valid until the next call. */
    short[] next();

    /** A sound that can be played to any number of phones. Thread-safe. */
    interface Source {
        /** @param sampleRate of the listener: 8000 or 16000 */
        Sound at(int sampleRate);
    }
}
