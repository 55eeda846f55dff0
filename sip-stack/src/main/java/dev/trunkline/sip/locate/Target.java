package dev.trunkline.sip.locate;

import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipUri;
import dev.trunkline.sip.net.SipTransportKind;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a URI says about where to go (RFC 3263 section 4).
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port if one is given
 * @param transport if one is given; otherwise DNS may choose
 * @param secure whether it is a sips: URI, for which only TLS may be used
 */
public record Target(String host, OptionalInt port, Optional<SipTransportKind> transport, boolean secure) {

    /**
     * Returns where an outgoing request goes: to the hop that was chosen for it, otherwise to its first route, otherwise to its
     * Request-URI (RFC 3261 section 8.1.2). Without a transport it uses its dialog's: if a peer that came by TLS leaves {@code
     * transport=tls} out of its Contact, messages to it must still be encrypted. Outside a dialog DNS chooses (section 4.1).
     */
    public static Target of(OutgoingRequest request) {
        if (request.hop().isPresent()) {
            var hop = request.hop().get();
            return new Target(hop.host(), OptionalInt.of(hop.port()), Optional.of(request.transport()), false);
        }
        Target target = of(request.routes().isEmpty() ? request.requestUri() : request.routes().getFirst());
        return target.transport.isPresent() || request.toTag().isEmpty()
                ? target
                : new Target(target.host, target.port, Optional.of(request.transport()), target.secure);
    }

    /** @param uri a SIP URI, or a name-addr with one */
    public static Target of(String uri) {
        SipUri parsed = SipUri.parse(uri);
        boolean secure = parsed.scheme().equals("sips");
        Optional<SipTransportKind> transport = secure
                ? Optional.of(SipTransportKind.TLS)
                : parsed.parameter("transport").flatMap(Target::known);
        String maddr = parsed.parameter("maddr").orElse("");
        return new Target(unbracketed(maddr.isEmpty() ? parsed.host() : maddr), parsed.port(), transport, secure);
    }

    private static Optional<SipTransportKind> known(String name) {
        for (SipTransportKind kind : SipTransportKind.values()) {
            if (kind.code().equals(name.toLowerCase(Locale.ROOT))) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
