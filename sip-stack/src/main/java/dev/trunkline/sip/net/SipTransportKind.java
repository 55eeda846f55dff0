package dev.trunkline.sip.net;

import java.util.Locale;

/** The supported transports. */
public enum SipTransportKind {
    UDP,
    TCP,
    TLS;

    /** Returns the name as in a URI's transport parameter. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether it uses connections rather than datagrams. */
    public boolean isStream() {
        return this != UDP;
    }

    /** Returns the default port (RFC 3261 section 19.1.2). */
    public int defaultPort() {
        return this == TLS ? 5061 : 5060;
    }

    /** @throws IllegalArgumentException with a message that lists the known values */
    public static SipTransportKind of(String name) {
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "UDP" -> UDP;
            case "TCP" -> TCP;
            case "TLS" -> TLS;
            default -> throw new IllegalArgumentException(
                    "\"" + name + "\" is not a SIP transport; known are udp, tcp and tls");
        };
    }
}
