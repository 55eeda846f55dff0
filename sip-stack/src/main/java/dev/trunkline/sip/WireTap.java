package dev.trunkline.sip;

import dev.trunkline.sip.net.Listener;
import java.net.InetAddress;

/**
 * Told of each message that can be read as one when it comes, and of each when it goes out, repetitions too. Called on the stack's
 * threads: it must hand on and return, throw nothing, and not change the octets.
 */
@FunctionalInterface
public interface WireTap {
    /** Nobody wants to know. */
    WireTap NONE = (sent, listener, address, port, octets) -> { };

    /**
     * @param sent by us; else taken
     * @param listener of ours that it came or went by
     * @param address of the other side
     * @param port of the other side
     * @param octets of the message
     */
    void saw(boolean sent, Listener listener, InetAddress address, int port, byte[] octets);
}
