package dev.trunkline.sip.transport;

import dev.trunkline.sip.net.PacketSource;
import java.util.Optional;

/** Takes what arrives on sockets, on their threads; must not wait. */
public interface Inlet {
    /** @return false if too many messages wait: a datagram is then dropped; a stream is not read further and offers it again */
    boolean received(Arrival arrival);

    /**
     * Takes a message on a stream whose end is unknown; the connection ends after it.
     *
     * @param head its header section
     * @return the response to send, if any
     */
    Optional<byte[]> broken(byte[] head, PacketSource source);

    /** Returns whether a call uses a connection. */
    boolean inUse(PacketSource connection);
}
