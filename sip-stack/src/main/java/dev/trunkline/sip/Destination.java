package dev.trunkline.sip;

import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipUri;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.transport.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a request of ours goes (RFC 3261 section 8.1.2): the hop that was chosen for it, else its first route, else its
 * Request-URI. What says no transport goes by its dialog's: that a peer who came by TLS left {@code transport=tls} out of its
 * Contact is no reason to write to it in the clear.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port where the URI names one
 * @param transport that it names, or that its scheme asks for
 * @param dialogs transport where nothing names one
 */
record Destination(
        String host, OptionalInt port, Optional<SipTransportKind> transport, SipTransportKind dialogs, boolean sips) {

    static Destination of(OutgoingRequest request) {
        if (request.hop().isPresent()) {
            var hop = request.hop().get();
            return new Destination(
                    hop.host(), OptionalInt.of(hop.port()), Optional.of(request.transport()), request.transport(), false);
        }
        SipUri uri = SipUri.parse(request.routes().isEmpty() ? request.requestUri() : request.routes().getFirst());
        boolean sips = uri.scheme().equals("sips");
        Optional<SipTransportKind> transport =
                sips ? Optional.of(SipTransportKind.TLS) : parameter(uri, "transport").flatMap(Destination::known);
        return new Destination(
                parameter(uri, "maddr").map(Destination::unbracketed).orElse(uri.host()), uri.port(), transport, request.transport(), sips);
    }

    /** The one that an address without a name is reached by. */
    SipTransportKind chosen() {
        return transport.orElse(dialogs);
    }

    /** Where it is, if that is an address already. */
    Optional<Hop> numeric() {
        try {
            int number = port.orElse(chosen().defaultPort());
            return Optional.of(new Hop(chosen(), Target.of(new InetSocketAddress(InetAddress.ofLiteral(host), number))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static Optional<SipTransportKind> known(String name) {
        try {
            return Optional.of(SipTransportKind.of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The first of that name, in lower case. */
    private static Optional<String> parameter(SipUri uri, String name) {
        String all = uri.parameters();
        String wanted = ";" + name + "=";
        int at = all.indexOf(wanted);
        if (at < 0) {
            return Optional.empty();
        }
        int begin = at + wanted.length();
        int end = begin;
        while (end < all.length() && all.charAt(end) != ';' && all.charAt(end) != '?') {
            end++;
        }
        return Optional.of(all.substring(begin, end));
    }
}
