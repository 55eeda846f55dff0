package dev.trunkline.edge.sip;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request of ours goes (RFC 3261 section 8.1.2, RFC 3263 section 4 without DNS's records): the hop that was chosen
 * for it, else its first route, else its Request-URI. What says no transport goes by its dialog's: that a peer who came by
 * TLS left {@code transport=tls} out of its Contact is no reason to write to it in the clear.
 *
 * @param host a name or an address, IPv6 without brackets
 */
public record Destination(String host, int port, SipTransportKind transport) {
    private static final Pattern TRANSPORT = Pattern.compile(";transport=(udp|tcp|tls)(?=[;?]|$)");
    private static final Pattern MADDR = Pattern.compile(";maddr=([^;?]+)");

    public static Destination of(OutgoingRequest request) {
        if (request.hop().isPresent()) {
            var hop = request.hop().get();
            return new Destination(hop.host(), hop.port(), request.transport());
        }
        SipUri uri = SipUri.parse(request.routes().isEmpty() ? request.requestUri() : request.routes().getFirst());
        SipTransportKind transport = transport(uri, request.transport());
        Matcher maddr = MADDR.matcher(uri.parameters());
        return new Destination(
                maddr.find() ? maddr.group(1) : uri.host(), uri.port().orElse(transport.defaultPort()), transport);
    }

    private static SipTransportKind transport(SipUri uri, SipTransportKind dialogs) {
        if (uri.scheme().equals("sips")) {
            return SipTransportKind.TLS;
        }
        Matcher named = TRANSPORT.matcher(uri.parameters());
        return named.find() ? SipTransportKind.of(named.group(1)) : dialogs;
    }
}
