package dev.trunkline.sip.net;

import java.util.Locale;

/** Transports that we speak. */
public enum SipTransportKind {
    UDP,
    TCP,
    TLS;

    /** As in a URI's transport parameter. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A connection rather than datagrams. */
    public boolean isStream() {
        return this != UDP;
    }

    /** RFC 3261 section 19.1.2. */
    public int defaultPort() {
        return this == TLS ? 5061 : 5060;
    }

    /** @throws IllegalArgumentException that names the known ones */
    public static SipTransportKind of(String name) {
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "UDP" -> UDP;
            case "TCP" -> TCP;
            case "TLS" -> TLS;
            default -> throw new IllegalArgumentException(
                    "\"" + name + "\" is no transport of SIP; known are udp, tcp and tls");
        };
    }
}
