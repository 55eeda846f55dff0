package dev.trunkline.events.privacy;

/** A seal that does not open. */
public final class SealBrokenException extends RuntimeException {
    public SealBrokenException(String message) {
        super(message);
    }
}
