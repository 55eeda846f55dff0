package dev.trunkline.sip;

import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;

import java.time.Duration;

/** A request that waits for its response (RFC 3261 section 17.2). Thread-safe; never throws for a peer's fault. */
public interface ServerTransaction {
    SipRequest request();

    /** How long the request had lain unread when this transaction began, as far as that is known: INVITEs by UDP. */
    Duration waited();

    void respond(OutgoingResponse reply);

    /**
     * Sends the last 2xx or reliable provisional response again: its ACK or PRACK did not come (RFC 3261 section
     * 13.3.1.4, RFC 3262 section 3).
     */
    void repeat();
}
