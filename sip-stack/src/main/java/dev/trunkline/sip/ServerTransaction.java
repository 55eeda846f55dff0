package dev.trunkline.sip;

import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import java.time.Duration;
import java.util.Optional;

/** A request that waits for its response (RFC 3261 section 17.2). Thread-safe; never throws for a peer's fault. */
public interface ServerTransaction {
    SipRequest request();

    /** How long ago the request came: the time since its datagram, or its last octet on a stream, was read. */
    Duration waited();

    /**
     * Sends a provisional or the final response, at once on the transaction's lane, else handed to it. After a final response
     * other than 2xx nothing is sent any more; of 2xx as many as you like (RFC 6026 section 7.1).
     */
    void respond(OutgoingResponse reply);

    /**
     * Sends the last 2xx or reliable provisional response again: its ACK or PRACK did not come (RFC 3261 section
     * 13.3.1.4, RFC 3262 section 3).
     */
    void repeat();

    /** Of a CANCEL: the INVITE that it is for, if that has no final response yet (RFC 3261 section 9.2). */
    default Optional<ServerTransaction> cancelled() {
        return Optional.empty();
    }
}
