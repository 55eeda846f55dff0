package dev.trunkline.sip.net;

import java.time.Duration;

/**
 * What a TCP or TLS connection may cost.
 *
 * @param connections open at once on a listener
 * @param perSource open at once from one address
 * @param handshake longest TLS handshake, and longest wait for a connection of ours
 * @param message longest time from a message's first byte to its last, and to write what waits for the peer
 * @param idle without a byte for so long a connection is closed that carries no call
 */
public record ConnectionLimits(int connections, int perSource, Duration handshake, Duration message, Duration idle) {}
