package dev.trunkline.sip;

import dev.trunkline.sip.message.OutgoingResponse;
import java.util.function.Consumer;

/** What becomes of a request before anything is kept for it. */
public sealed interface Door {

    /** It gets no answer. */
    record Closed() implements Door {}

    /**
     * It gets this answer, once for each time that it comes, and nothing is remembered (RFC 3261 section 8.2.7): so a sender
     * with a made-up address costs no memory, and whose address it is gets no more than one answer a message.
     */
    record Turned(OutgoingResponse reply) implements Door {}

    /** @param taker given its transaction */
    record Open(Consumer<ServerTransaction> taker) implements Door {}
}
