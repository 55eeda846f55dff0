package dev.trunkline.sip;

import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.PacketSource;

/** Receives incoming messages. Called on the transport's threads; it must hand its work on and return. */
public interface SipHandler {

    /**
     * Decides on a request other than ACK, before it has a transaction. May be called again for a retransmission if the request
     * is not let in.
     */
    default Door door(SipRequest request) {
        return new Door.Open(this::request);
    }

    /** Takes a request other than ACK, once: the transaction handles its retransmissions. */
    void request(ServerTransaction transaction);

    /** Takes the ACK of a 2xx (RFC 3261 section 13.3.1.4); the transaction handles the ACK of other responses. */
    void ack(SipRequest ack);

    /** Returns whether a connection is in use by a call: one that arrived by it and is not over. */
    default boolean inUse(PacketSource connection) {
        return false;
    }

    /** Takes a repeated 2xx to one of our INVITEs: our ACK was lost (RFC 3261 section 13.2.2.4). */
    default void repeated(SipResponse answer) {}
}
