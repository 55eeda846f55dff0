package dev.trunkline.relay.room;

import java.util.concurrent.CompletionException;

/** The room for a call must exist already, and does not. */
public final class RoomMissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RoomMissingException() {
        super("the room must already exist and does not");
    }

    /** Returns whether this is why a stage failed. */
    public static boolean isCauseOf(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RoomMissingException;
    }
}
