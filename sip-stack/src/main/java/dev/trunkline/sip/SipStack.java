package dev.trunkline.sip;

import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipResponse;
import java.util.function.Consumer;

/**
 * SIP on the wire: listeners, lanes, transactions in both roles.
 *
 * <pre>
 *   socket --receiver--> octets --Call-ID--> lane --> MessageParser --> transaction --> SipHandler
 * </pre>
 */
public final class SipStack implements AutoCloseable {

    /**
     * Binds every listener and begins to take messages.
     *
     * @throws dev.trunkline.sip.net.SipBindException if a port is taken or an address is not ours
     */
    public void start(SipHandler handler) {
        throw new UnsupportedOperationException();
    }

    /**
     * Sends a request in a client transaction of its own. Never waits: names are resolved beside the lanes (RFC 3263).
     *
     * @param outcome given the final response once, on the lane of its Call-ID; a 408 if none came, a 503 if it could not be sent
     */
    public void send(OutgoingRequest request, Consumer<SipResponse> outcome) {
        throw new UnsupportedOperationException();
    }

    /** Sends the ACK of a 2xx, which no transaction repeats and nobody answers (RFC 3261 section 13.2.2.4). */
    public void acknowledge(OutgoingRequest ack) {
        throw new UnsupportedOperationException();
    }

    /** Every listener is open, and each receiver and lane answered within the last second or so. */
    public boolean alive() {
        throw new UnsupportedOperationException();
    }

    /** How many messages wait for their lane. */
    public int unread() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
