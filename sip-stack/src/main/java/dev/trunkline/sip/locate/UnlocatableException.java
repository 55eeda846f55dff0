package dev.trunkline.sip.locate;

/** A request has nowhere to go. Says nothing of whom it was for. */
public final class UnlocatableException extends Exception {
    UnlocatableException(String message) {
        super(message, null, false, false);
    }
}
