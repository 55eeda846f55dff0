package dev.trunkline.sip.transport;

import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.util.Optional;

/**
 * A message as received, not parsed yet.
 *
 * @param octets of this message only
 * @param endpoint by which it arrived
 * @param connection by which it arrived, if it is a stream
 * @param arrived when its last octet was read, by {@link System#nanoTime} or its substitute
 */
public record Arrival(
        byte[] octets, PacketSource source, Endpoint endpoint, Optional<StreamConnection> connection, long arrived) {

    /**
     * Returns where the response goes: to where the message came from, whatever {@code maddr} or {@code received} its Via has.
     *
     * @param rport whether the sender requests it at the packet's port (RFC 3581 section 4)
     * @param sentBy port of the Via, where it otherwise receives messages
     */
    public ReturnPath back(boolean rport, int sentBy) {
        connection.ifPresent(open -> endpoint.advertised(open, sentBy));
        boolean byPacket = rport && source.transport() == SipTransportKind.UDP;
        return new ReturnPath(endpoint, connection, source.address(), byPacket ? source.port() : sentBy);
    }

    /** Returns a path to exactly where it came from, for a message whose Via cannot be read. */
    public ReturnPath back() {
        return new ReturnPath(endpoint, connection, source.address(), source.port());
    }

    /** Records that the message was accepted, which justifies keeping its connection. */
    public void useful() {
        connection.ifPresent(StreamConnection::useful);
    }

    /** Reveals nothing of its content. */
    @Override
    public String toString() {
        return octets.length + " octets by " + source.transport();
    }
}
