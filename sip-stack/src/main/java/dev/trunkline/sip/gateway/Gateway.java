package dev.trunkline.sip.gateway;

import dev.trunkline.sip.net.HostPort;
import dev.trunkline.sip.net.SipTransportKind;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One of the places of a carrier or PBX.
 *
 * @param host a name, for NAPTR, SRV and address records (RFC 3263), or an address, IPv6 without brackets
 * @param port without one DNS may say which, else it is the transport's
 * @param transport without one DNS may say which, else it is UDP
 * @param order the lowest is tried first, 0 or more
 * @param weight the share of those of one order, 0 or more; 0 stands behind the others, as with SRV (RFC 2782)
 */
public record Gateway(String host, OptionalInt port, Optional<SipTransportKind> transport, int order, int weight) {

    public Gateway {
        if (order < 0 || weight < 0) {
            throw new IllegalArgumentException("order and weight of a gateway are 0 or more");
        }
    }

    /** The gateway itself, as a Request-URI. */
    public String uri() {
        return "sip:" + place();
    }

    /** @param user may be empty; what a URI may not hold in it is for the caller to escape */
    public String uri(String user) {
        return user.isEmpty() ? uri() : "sip:" + user + "@" + place();
    }

    /** As a Route value that goes through it (RFC 3261 section 16.12). */
    public String route() {
        return "<sip:" + place() + ";lr>";
    }

    private String place() {
        String at = HostPort.bracketed(host) + (port.isPresent() ? ":" + port.getAsInt() : "");
        return transport.map(kind -> at + ";transport=" + kind.code()).orElse(at);
    }

    /** {@code host}, with port and transport where they are said. */
    public String name() {
        return place();
    }
}
