package dev.trunkline.relay.transfer;

/** A hand-over that is not attempted. The message is one sentence for the requester; never a number. */
public final class TransferRefusal extends Exception {
    private final int code;

    private TransferRefusal(int code, String message) {
        // Created for anybody who asks, as often as they like: a stack trace would be useless.
        super(message, null, false, false);
        this.code = code;
    }

    /** The request cannot be read, or is not for a hand-over. */
    public static TransferRefusal malformed(String message) {
        return new TransferRefusal(400, message);
    }

    /** The requester may not ask. */
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

    /** The relay could not forward the request. */
    public static TransferRefusal fault(String message) {
        return new TransferRefusal(503, message);
    }

    /** Returns the code as an HTTP status. */
    public int code() {
        return code;
    }
}
