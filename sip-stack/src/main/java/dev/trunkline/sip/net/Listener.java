package dev.trunkline.sip.net;

import java.util.Locale;

/**
 * An address at which SIP is received.
 *
 * @param address bound address, without brackets; {@code 0.0.0.0} and {@code ::} mean all of a family
 * @param port bound port, 1 to 65535
 * @param advertised host and port in Contact and Via
 */
public record Listener(SipTransportKind transport, String address, int port, HostPort advertised) {

    /**
     * @param text {@code transport:address:port}, followed by {@code =host} or {@code =host:port} if peers know it by another
     *     name: {@code tls:[::]:5061=sip.example.com}
     * @throws IllegalArgumentException with a message that says what is wrong
     */
    public static Listener parse(String text) {
        int equals = text.indexOf('=');
        String bound = (equals < 0 ? text : text.substring(0, equals)).strip();
        int colon = bound.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a listener: write transport:address:port, such as udp:0.0.0.0:5060");
        }
        SipTransportKind transport = SipTransportKind.of(bound.substring(0, colon));
        HostPort socket = HostPort.parse(bound.substring(colon + 1), transport.defaultPort());
        HostPort advertised = equals < 0 ? socket : HostPort.parse(text.substring(equals + 1), socket.port());
        return new Listener(transport, socket.host(), socket.port(), advertised);
    }

    public boolean isIpv6() {
        return address.indexOf(':') >= 0;
    }

    /** Returns whether it is bound to all addresses of a family. */
    public boolean isWildcard() {
        return address.equals("0.0.0.0") || address.equals("::");
    }

    /** Returns {@code transport:address:port}. */
    @Override
    public String toString() {
        return transport.name().toLowerCase(Locale.ROOT) + ":" + HostPort.bracketed(address) + ":" + port;
    }
}
