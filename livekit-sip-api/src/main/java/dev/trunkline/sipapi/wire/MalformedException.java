package dev.trunkline.sipapi.wire;

/** A message of LiveKit's that cannot be read. The text repeats nothing of it. */
public final class MalformedException extends Exception {
    public MalformedException(String message) {
        super(message);
    }
}
