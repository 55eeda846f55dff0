package dev.trunkline.edge.sip;

import java.util.function.Consumer;

/** SIP on the wire: listeners, parsing, transactions. */
public interface SipTransport extends AutoCloseable {

    /**
     * Binds every listener and begins to take requests.
     *
     * @throws SipBindException if a port is taken or an address is not ours
     */
    void start(SipHandler handler);

    /**
     * Sends a request in a client transaction of its own.
     *
     * @param outcome given the final answer once; a 408 if none came, a 503 if it could not be sent
     */
    void send(OutgoingRequest request, Consumer<SipAnswer> outcome);

    /** Sends the ACK of a 2xx, which no transaction repeats and nobody answers (RFC 3261 section 13.2.2.4). */
    void acknowledge(OutgoingRequest ack);

    boolean listening();

    /** How many datagrams wait to be parsed. */
    int unread();

    @Override
    void close();
}
