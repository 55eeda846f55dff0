package dev.trunkline.sip;

import dev.trunkline.sip.net.Listener;
import java.net.InetAddress;

/**
 * Called for each incoming message that can be parsed, and for each outgoing one, including retransmissions. Called on the
 * stack's threads: it must hand its work on and return, throw nothing, and not change the octets.
 */
@FunctionalInterface
public interface WireTap {
    /** Ignores all messages. */
    WireTap NONE = (sent, listener, address, port, octets) -> { };

    /**
     * @param sent true if we sent it, false if we received it
     * @param listener by which it arrived or was sent
     * @param address of the other side
     * @param port of the other side
     * @param octets of the message
     */
    void saw(boolean sent, Listener listener, InetAddress address, int port, byte[] octets);
}
