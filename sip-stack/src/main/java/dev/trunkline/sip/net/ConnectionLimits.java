package dev.trunkline.sip.net;

import java.time.Duration;

/**
 * What TCP and TLS connections may cost.
 *
 * @param connections open at once on a listener
 * @param strangers of these, how many may come from addresses that the {@link SourceGuard} does not know: the rest is kept
 *     for those that it does
 * @param perSource open at once from one address, or from one IPv6 network of 64 bits
 * @param handshake longest TLS handshake, and longest wait for a connection of ours
 * @param useful how long a connection may stay that somebody made and sent nothing by that was taken
 * @param message longest time from a message's first byte to its last, and to write what waits for the peer
 * @param idle without a byte for so long a connection is closed that carries no call
 */
public record ConnectionLimits(
        int connections, int strangers, int perSource, Duration handshake, Duration useful, Duration message, Duration idle) {
    private static final Duration USEFUL = Duration.ofSeconds(10);

    /** Strangers may have half of them, and must say something useful in 10 s. */
    public ConnectionLimits(int connections, int perSource, Duration handshake, Duration message, Duration idle) {
        this(connections, Math.max(1, connections / 2), perSource, handshake, USEFUL, message, idle);
    }
}
