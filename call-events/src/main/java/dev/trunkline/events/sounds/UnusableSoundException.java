package dev.trunkline.events.sounds;

/** A file that is no sound which can be played to callers; the message says what is wrong and what to do. */
public final class UnusableSoundException extends Exception {
    UnusableSoundException(String message) {
        super(message);
    }
}
