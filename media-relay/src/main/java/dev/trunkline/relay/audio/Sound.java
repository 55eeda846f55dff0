package dev.trunkline.relay.audio;

/** Something that a phone is played without end, for one listener. Not thread-safe. */
public interface Sound {
    /** The next 20 ms; valid until the next call. */
    short[] next();

    /** What can be played to any number of phones. Thread-safe. */
    interface Source {
        /** @param sampleRate of the listener: 8000 or 16000 */
        Sound at(int sampleRate);
    }
}
