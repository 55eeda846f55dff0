package dev.trunkline.relay.room;

import java.util.concurrent.CompletionException;

/** The room that a call is for must exist already, and does not. */
public final class RoomMissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RoomMissingException() {
        super("the room must exist already and does not");
    }

    /** Whether this is what a failed stage failed of. */
    public static boolean isCauseOf(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RoomMissingException;
    }
}
