package dev.trunkline.sip.transport;

import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.util.Optional;

/**
 * A message as it came, unread.
 *
 * @param octets of it alone
 * @param endpoint that it came by
 * @param connection that it came by, if it is a stream
 * @param arrived when its last octet was read, by {@link System#nanoTime} or what stands for it
 */
public record Arrival(
        byte[] octets, PacketSource source, Endpoint endpoint, Optional<StreamConnection> connection, long arrived) {

    /**
     * Where the response to it goes: to where it came from, whatever its Via says of {@code maddr} or {@code received}.
     *
     * @param rport whether the sender asks for it by the packet's port (RFC 3581 section 4)
     * @param sentBy port of the Via: where it takes messages otherwise
     */
    public ReturnPath back(boolean rport, int sentBy) {
        connection.ifPresent(open -> endpoint.advertised(open, sentBy));
        boolean byPacket = rport && source.transport() == SipTransportKind.UDP;
        return new ReturnPath(endpoint, connection, source.address(), byPacket ? source.port() : sentBy);
    }

    /** To exactly where it came from, for a message whose Via cannot be read. */
    public ReturnPath back() {
        return new ReturnPath(endpoint, connection, source.address(), source.port());
    }

    /** It was taken: a connection that such a message came by is worth its place. */
    public void useful() {
        connection.ifPresent(StreamConnection::useful);
    }

    /** Says nothing of what is in it. */
    @Override
    public String toString() {
        return octets.length + " octets by " + source.transport();
    }
}
