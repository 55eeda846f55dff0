package dev.trunkline.sip.net;

/**
 * A host as others should write it, and a port.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {

    /**
     * @param text {@code host}, {@code host:port}, {@code 2001:db8::1} or {@code [2001:db8::1]:port}
     * @throws IllegalArgumentException if it is none of them
     */
    public static HostPort parse(String text, int defaultPort) {
        String stripped = text.strip();
        int close = stripped.lastIndexOf(']');
        int colon = stripped.lastIndexOf(':');
        boolean bareIpv6 = close < 0 && colon != stripped.indexOf(':');
        boolean hasPort = colon > close && !bareIpv6;
        String host = hasPort ? stripped.substring(0, colon) : stripped;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || "[]/;,<>\"".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("\"" + text + "\" is not a host: write host, host:port or [2001:db8::1]:port");
        }
        return new HostPort(host, hasPort ? port(stripped.substring(colon + 1), text) : defaultPort);
    }

    private static int port(String digits, String text) {
        try {
            int port = Integer.parseInt(digits);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new IllegalArgumentException("\"" + text + "\": a port is a number from 1 to 65535");
    }

    /** Returns the host as in a URI: an IPv6 address in brackets. */
    public static String bracketed(String host) {
        return host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]";
    }

    /** Returns {@code host:port}. */
    public String text() {
        return bracketed(host) + ":" + port;
    }
}
