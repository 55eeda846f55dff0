package dev.trunkline.dispatcher.livekit;

/** LiveKit did not do what was asked; the message is part of a sentence. */
public final class LiveKitException extends Exception {
    private final boolean forGood;
    private final boolean notFound;

    public LiveKitException(String message, boolean forGood) {
        this(message, forGood, false);
    }

    LiveKitException(String message, boolean forGood, boolean notFound) {
        super(message);
        this.forGood = forGood;
        this.notFound = notFound;
    }

    /** True if asking again is no use: a wrong key, a malformed question. */
    public boolean forGood() {
        return forGood;
    }

    /** True if LiveKit answered that it does not have what it was asked about. */
    public boolean notFound() {
        return notFound;
    }
}
