package dev.trunkline.sipapi.wire;

/** Thrown for a LiveKit message that cannot be read. The text repeats nothing of the message. */
public final class MalformedException extends Exception {
    public MalformedException(String message) {
        super(message);
    }
}
