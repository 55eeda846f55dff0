package dev.trunkline.sip;

import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.PacketSource;

/** Takes what comes in. Called on the transport's threads, so it must hand on and return. */
public interface SipHandler {

    /** A request other than ACK, before it has a transaction. A repetition may come here again if it is not let in. */
    default Door door(SipRequest request) {
        return new Door.Open(this::request);
    }

    /** A request other than ACK, once: its retransmissions are the transaction's business. */
    void request(ServerTransaction transaction);

    /** The ACK of a 2xx (RFC 3261 section 13.3.1.4); that of another response is the transaction's business. */
    void ack(SipRequest ack);

    /** Whether a call hangs on a connection: it came from there and is not over. */
    default boolean inUse(PacketSource connection) {
        return false;
    }

    /** A 2xx to an INVITE of ours again: our ACK was lost (RFC 3261 section 13.2.2.4). */
    default void repeated(SipResponse answer) {}
}
