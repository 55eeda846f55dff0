package dev.trunkline.events.codec;

/** A record on a call topic that is not an event of this contract; the message says what is wrong with it. */
public final class UnreadableEventException extends Exception {
    public UnreadableEventException(String message) {
        super(message);
    }
}
