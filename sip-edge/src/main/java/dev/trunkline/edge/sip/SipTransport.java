package dev.trunkline.edge.sip;

import java.util.function.IntConsumer;

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
     * @param outcome given the final status once; 408 if none came, 503 if it could not be sent
     */
    void send(OutgoingRequest request, IntConsumer outcome);

    boolean listening();

    /** How many INVITEs came by UDP and wait to be read. */
    int unread();

    @Override
    void close();
}
