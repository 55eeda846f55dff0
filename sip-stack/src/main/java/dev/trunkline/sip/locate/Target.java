package dev.trunkline.sip.locate;

import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipUri;
import dev.trunkline.sip.net.SipTransportKind;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a URI says of where to go (RFC 3263 section 4).
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port where one is said
 * @param transport where one is said; else DNS may choose
 * @param secure of a sips: URI: by TLS or not at all
 */
public record Target(String host, OptionalInt port, Optional<SipTransportKind> transport, boolean secure) {

    /**
     * Where a request of ours goes: to the hop that was chosen for it, else its first route, else its Request-URI (RFC 3261
     * section 8.1.2). What says no transport goes by its dialog's: that a peer who came by TLS left {@code transport=tls} out of
     * its Contact is no reason to write to it in the clear. Outside of a dialog DNS chooses (section 4.1).
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
