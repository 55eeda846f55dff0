package dev.trunkline.sip;

import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipUri;
import dev.trunkline.sip.net.HostPort;
import dev.trunkline.sip.net.Listener;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;

/** Our names in Via and Contact, which depend on the listener and on the peer's network. */
final class LocalNames {
    private static final String SIPS = "sips:";

    private final ListenSettings settings;
    private final String user;

    /** @param user part of our Contact */
    LocalNames(ListenSettings settings, String user) {
        this.settings = settings;
        this.user = user;
    }

    /** Returns the value of our Via (RFC 3261 section 18.1.1), which requests {@code rport} (RFC 3581 section 3). */
    String via(Listener listener, InetAddress peer, String branch) {
        return "SIP/2.0/" + listener.transport().name() + " " + settings.advertised(listener, peer).text() + ";branch=" + branch
                + ";rport";
    }

    /** Returns the URI to which the peer should send the dialog's requests: the advertised address, not the bound one. */
    String contact(Listener listener, InetAddress peer, boolean sips) {
        return contact(listener, peer, sips, user);
    }

    /** @param who user part of the Contact */
    String contact(Listener listener, InetAddress peer, boolean sips, String who) {
        HostPort advertised = settings.advertised(listener, peer);
        boolean secured = listener.transport() == SipTransportKind.TLS && sips;
        String scheme = secured ? SIPS : "sip:";
        String transport = secured || !listener.transport().isStream() ? "" : ";transport=" + listener.transport().code();
        return "<" + scheme + who + "@" + advertised.text() + transport + ">";
    }

    /**
     * Returns whether a {@code sips} Contact is required by the Request-URI, or the first Record-Route, or without one the
     * Contact (RFC 3261 section 12.1.1).
     */
    static boolean asksForSips(SipRequest request) {
        if (isSips(request.requestUri())) {
            return true;
        }
        return request.recordRoutes().isEmpty()
                ? request.contact().filter(LocalNames::isSips).isPresent()
                : isSips(SipUri.bare(request.recordRoutes().getFirst()));
    }

    static boolean isSips(String uri) {
        return uri.regionMatches(true, 0, SIPS, 0, SIPS.length());
    }
}
