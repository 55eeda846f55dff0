package dev.trunkline.sip.locate;

/** Thrown if a request has nowhere to go. Reveals nothing about its target. */
public final class UnlocatableException extends Exception {
    UnlocatableException(String message) {
        super(message, null, false, false);
    }
}
