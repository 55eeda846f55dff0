package dev.trunkline.sip.net;

import java.net.InetAddress;

/** Decides on what comes, by where it came from, before it is parsed. Called for every packet: it must be quick. */
@FunctionalInterface
public interface SourceGuard {
    /** Whether a connection may be made from there. */
    boolean lets(InetAddress source);

    /** Whether a datagram may be parsed; the bytes are not to be kept. */
    default boolean lets(InetAddress source, byte[] bytes, int offset, int length) {
        return lets(source);
    }

    /** Whether the address is of somebody we know, for whom places are kept; what is let in may still be a stranger. */
    default boolean knows(InetAddress source) {
        return true;
    }
}
