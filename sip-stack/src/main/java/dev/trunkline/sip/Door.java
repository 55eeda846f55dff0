package dev.trunkline.sip;

import dev.trunkline.sip.message.OutgoingResponse;
import java.util.function.Consumer;

/** The decision on a request before any state is kept for it. */
public sealed interface Door {

    /** The request gets no response. */
    record Closed() implements Door {}

    /**
     * The request gets this response each time that it arrives, and no state is kept (RFC 3261 section 8.2.7). A sender with a
     * forged address thus costs no memory, and the owner of that address gets at most one response per message.
     */
    record Turned(OutgoingResponse reply) implements Door {}

    /** @param taker receives its transaction */
    record Open(Consumer<ServerTransaction> taker) implements Door {}
}
