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

    /** It is not tried, or it is not known what became of it. */
    void refused(String transfer, TransferRefusal why);

    void started(String transfer, Optional<CallId> leg);

    void succeeded(String transfer, Optional<CallId> leg);

    /** @param status SIP's, where there was one */
    void failed(String transfer, String detail, OptionalInt status);
}
