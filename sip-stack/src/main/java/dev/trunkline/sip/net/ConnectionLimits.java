package dev.trunkline.sip.net;

import java.time.Duration;

/**
 * Limits for TCP and TLS connections.
 *
 * @param connections maximum open on a listener
 * @param strangers how many of these may come from addresses that the {@link SourceGuard} does not know; the rest is reserved
 *     for known ones
 * @param perSource maximum open from one address, or from one IPv6 /64
 * @param handshake timeout of a TLS handshake, and of opening a connection
 * @param useful how long an incoming connection may stay open without a message that is accepted
 * @param message maximum time from a message's first byte to its last, and for writing data to the peer
 * @param idle time without a byte after which a connection that carries no call is closed
 */
public record ConnectionLimits(
        int connections, int strangers, int perSource, Duration handshake, Duration useful, Duration message, Duration idle) {
    private static final Duration USEFUL = Duration.ofSeconds(10);

    /** Creates limits that allow strangers half of the connections, and require an accepted message within 10 s. */
    public ConnectionLimits(int connections, int perSource, Duration handshake, Duration message, Duration idle) {
        this(connections, Math.max(1, connections / 2), perSource, handshake, USEFUL, message, idle);
    }
}
