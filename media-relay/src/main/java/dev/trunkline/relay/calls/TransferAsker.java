package dev.trunkline.relay.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.relay.transfer.TransferRefusal;
import java.util.Optional;
import java.util.OptionalInt;

/** The requester of a hand-over, who is told its outcome. Used in the call's queue only. */
interface TransferAsker {
    /** Returns the name as in {@code requestedBy}. */
    String name();

    /** Returns how it was requested, for the metric: {@code rpc}, {@code data} or {@code command}. */
    String by();

    /** Returns the identity in the room; empty for a requester who is not there. */
    default Optional<String> identity() {
        return Optional.empty();
    }

    /**
     * The target has answered, and speaks with the participants in the room.
     *
     * @param participant identity of the target in the room; empty if it is not known
     */
    default void consulting(String transfer, CallId leg, String participant) {
        // A requester who is not in the room reads the event.
    }

    /** The hand-over is not attempted, or its outcome is not known. */
    void refused(String transfer, TransferRefusal why);

    void started(String transfer, Optional<CallId> leg);

    void succeeded(String transfer, Optional<CallId> leg);

    /** @param status the SIP status, if there was one */
    void failed(String transfer, String detail, OptionalInt status);
}
