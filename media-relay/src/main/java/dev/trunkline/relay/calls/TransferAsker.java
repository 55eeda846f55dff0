package dev.trunkline.relay.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.relay.transfer.TransferRefusal;
import java.util.Optional;
import java.util.OptionalInt;

/** Who asked for a caller to be handed over, and hears what becomes of it. Used in the call's queue only. */
interface TransferAsker {
    /** As {@code requestedBy} has it. */
    String name();

    /** How it was asked, for the metric: {@code rpc}, {@code data} or {@code command}. */
    String by();

    /** In the room; empty for who is not there. */
    default Optional<String> identity() {
        return Optional.empty();
    }

    /**
     * Whom the caller is to be handed over to has answered, and speaks with whoever is in the room.
     *
     * @param participant identity of that one in the room; empty where it is not known
     */
    default void consulting(String transfer, CallId leg, String participant) {
        // Who is not in the room reads the event.
    }

    /** It is not tried, or it is not known what became of it. */
    void refused(String transfer, TransferRefusal why);

    void started(String transfer, Optional<CallId> leg);

    void succeeded(String transfer, Optional<CallId> leg);

    /** @param status SIP's, where there was one */
    void failed(String transfer, String detail, OptionalInt status);
}
