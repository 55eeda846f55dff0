package dev.trunkline.sip.net;

import java.net.InetAddress;

/** Decides on packets and connections by their source, before they are parsed. Called for every packet: it must be fast. */
@FunctionalInterface
public interface SourceGuard {
    /** Returns whether a connection from there is allowed. */
    boolean lets(InetAddress source);

    /** Returns whether a datagram may be parsed; the bytes must not be kept. */
    default boolean lets(InetAddress source, byte[] bytes, int offset, int length) {
        return lets(source);
    }

    /**
     * Returns whether the address is known, and connections are reserved for it. A source that is let in may still be a
     * stranger.
     */
    default boolean knows(InetAddress source) {
        return true;
    }
}
