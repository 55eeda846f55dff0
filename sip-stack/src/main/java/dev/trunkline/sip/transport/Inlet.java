package dev.trunkline.sip.transport;

import dev.trunkline.sip.net.PacketSource;
import java.util.Optional;

/** Takes what comes in by sockets, on their threads; must not wait. */
public interface Inlet {
    /** @return false if too much waits: a datagram is dropped then, a stream is not read on and offers it again */
    boolean received(Arrival arrival);

    /**
     * A message on a stream that nobody knows the end of; the connection ends after it.
     *
     * @param head its header section
     * @return what to answer, if anything
     */
    Optional<byte[]> broken(byte[] head, PacketSource source);

    /** Whether a call hangs on a connection. */
    boolean inUse(PacketSource connection);
}
