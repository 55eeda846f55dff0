package dev.trunkline.edge.sip;

import java.net.InetAddress;

/** Decides on a packet by where it came from, before a byte of it is read. Called for every packet: it must be quick. */
@FunctionalInterface
public interface SourceGuard {
    boolean lets(InetAddress source);
}
