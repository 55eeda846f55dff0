package dev.trunkline.dispatcher.livekit;

/** LiveKit did not do what was requested; the message is part of a sentence. */
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

    /** Whether a retry is pointless: a wrong key, a malformed request. */
    public boolean forGood() {
        return forGood;
    }

    /** Whether LiveKit answered that it does not have the requested object. */
    public boolean notFound() {
        return notFound;
    }
}
