package dev.trunkline.sip;

import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import java.time.Duration;
import java.util.Optional;

/** A request that waits for its response (RFC 3261 section 17.2). Thread-safe; never throws because of a peer's fault. */
public interface ServerTransaction {
    SipRequest request();

    /** Returns how long ago the request arrived: the time since its datagram, or its last octet on a stream, was read. */
    Duration waited();

    /**
     * Sends a provisional or the final response: at once if called on the transaction's lane, otherwise through the lane. After
     * a final response other than 2xx nothing more is sent; any number of 2xx may be sent (RFC 6026 section 7.1).
     */
    void respond(OutgoingResponse reply);

    /**
     * Sends the last 2xx or reliable provisional response again, because its ACK or PRACK did not arrive (RFC 3261 section
     * 13.3.1.4, RFC 3262 section 3).
     */
    void repeat();

    /** For a CANCEL, returns the INVITE that it refers to, if that has no final response yet (RFC 3261 section 9.2). */
    default Optional<ServerTransaction> cancelled() {
        return Optional.empty();
    }
}
