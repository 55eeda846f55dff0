package dev.trunkline.edge.sip;

/** A request that waits for its response (RFC 3261 section 17.2). Thread-safe; never throws for a peer's fault. */
public interface ServerTransaction {
    SipRequest request();

    void respond(SipReply reply);

    /**
     * Sends the last 2xx or reliable provisional response again: its ACK or PRACK did not come (RFC 3261 section
     * 13.3.1.4, RFC 3262 section 3).
     */
    void repeat();
}
