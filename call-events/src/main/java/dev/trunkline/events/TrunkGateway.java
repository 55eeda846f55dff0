package dev.trunkline.events;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One of the gateways of a carrier or PBX.
 *
 * @param host a name, for NAPTR, SRV and address records (RFC 3263), or an address, IPv6 without brackets
 * @param port 1 to 65535; empty to let DNS decide, or else the transport's default
 * @param transport {@code udp}, {@code tcp} or {@code tls}; empty to let DNS decide, or else UDP
 * @param order the lowest is tried first, 0 or more
 * @param weight the share among gateways of the same order, 0 or more
 */
public record TrunkGateway(String host, OptionalInt port, Optional<String> transport, int order, int weight) {

    public TrunkGateway {
        port = port == null ? OptionalInt.empty() : port;
        transport = transport == null ? Optional.empty() : transport;
    }
}
