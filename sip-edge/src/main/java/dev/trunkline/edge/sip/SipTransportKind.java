package dev.trunkline.edge.sip;

import java.util.Locale;

/** Transports that the edge listens on. */
public enum SipTransportKind {
    UDP,
    TCP;

    /** As in a URI's transport parameter. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException that names the known ones */
    public static SipTransportKind of(String name) {
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "UDP" -> UDP;
            case "TCP" -> TCP;
            default -> throw new IllegalArgumentException(
                    "trunkline.sip.transports: \"" + name + "\" is none; known are udp and tcp");
        };
    }
}
