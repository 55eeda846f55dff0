package dev.trunkline.edge.sip;

import java.util.List;

/**
 * @param bind address that every listener is bound to
 * @param advertised host or address that Contact and Via carry
 * @param port 1 to 65535, the same for all transports
 * @param receiveBufferBytes of the UDP socket: a burst that comes while the process pauses waits there
 * @param unreadInvites how many INVITEs that came by UDP may wait to be parsed; more are dropped
 */
public record ListenSettings(
        String bind,
        String advertised,
        int port,
        List<SipTransportKind> transports,
        int receiveBufferBytes,
        int unreadInvites) {

    public ListenSettings {
        transports = List.copyOf(transports);
    }
}
