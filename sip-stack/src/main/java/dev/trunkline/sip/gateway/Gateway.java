package dev.trunkline.sip.gateway;

import dev.trunkline.sip.net.HostPort;
import dev.trunkline.sip.net.SipTransportKind;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One of the SIP gateways of a carrier or PBX.
 *
 * @param host a name, for NAPTR, SRV and address records (RFC 3263), or an address, IPv6 without brackets
 * @param port if empty, DNS may give it, otherwise it is the transport's default
 * @param transport if empty, DNS may give it, otherwise it is UDP
 * @param order the lowest is tried first, 0 or more
 * @param weight share among gateways of the same order, 0 or more; 0 comes after the others, as with SRV (RFC 2782)
 */
public record Gateway(String host, OptionalInt port, Optional<SipTransportKind> transport, int order, int weight) {

    public Gateway {
        if (order < 0 || weight < 0) {
            throw new IllegalArgumentException("order and weight of a gateway must be 0 or more");
        }
    }

    /** Returns the gateway itself as a Request-URI. */
    public String uri() {
        return "sip:" + place();
    }

    /** @param user may be empty; the caller must escape characters that are not allowed in it */
    public String uri(String user) {
        return user.isEmpty() ? uri() : "sip:" + user + "@" + place();
    }

    /** Returns a Route value through this gateway (RFC 3261 section 16.12). */
    public String route() {
        return "<sip:" + place() + ";lr>";
    }

    private String place() {
        String at = HostPort.bracketed(host) + (port.isPresent() ? ":" + port.getAsInt() : "");
        return transport.map(kind -> at + ";transport=" + kind.code()).orElse(at);
    }

    /** Returns {@code host}, with port and transport if they are given. */
    public String name() {
        return place();
    }
}
