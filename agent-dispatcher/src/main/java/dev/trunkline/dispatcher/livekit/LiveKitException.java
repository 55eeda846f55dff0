package dev.trunkline.dispatcher.livekit;

/** LiveKit did not do what was asked; the message is part of a sentence. */
public final class LiveKitException extends Exception {
    private final boolean forGood;

    public LiveKitException(String message, boolean forGood) {
        super(message);
        this.forGood = forGood;
    }

    /** True if asking again is no use: a wrong key, a malformed question. */
    public boolean forGood() {
        return forGood;
    }
}
