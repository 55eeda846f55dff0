package dev.trunkline.events.sounds;

/**
 * A file that is not a sound that can be played to callers; the message says what is wrong and what to do.
 */
public final class UnusableSoundException extends Exception {
    UnusableSoundException(String message) {
        super(message);
    }
}
