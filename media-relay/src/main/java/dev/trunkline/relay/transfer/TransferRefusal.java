package dev.trunkline.relay.transfer;

/** A hand-over that is not tried. The message is one sentence for whoever asked; never a number. */
public final class TransferRefusal extends Exception {
    private final int code;

    private TransferRefusal(int code, String message) {
        // Made for whoever asks, as often as one likes: where it was made is of no use.
        super(message, null, false, false);
        this.code = code;
    }

    /** What was asked for cannot be read, or is no hand-over. */
    public static TransferRefusal malformed(String message) {
        return new TransferRefusal(400, message);
    }

    /** Whoever asks may not. */
    public static TransferRefusal forbidden(String message) {
        return new TransferRefusal(403, message);
    }

    /** The call cannot be handed over now. */
    public static TransferRefusal notNow(String message) {
        return new TransferRefusal(409, message);
    }

    public static TransferRefusal tooOften(String message) {
        return new TransferRefusal(429, message);
    }

    /** The relay could not pass it on. */
    public static TransferRefusal fault(String message) {
        return new TransferRefusal(503, message);
    }

    /** As an HTTP status says it. */
    public int code() {
        return code;
    }
}
