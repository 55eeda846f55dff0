package dev.trunkline.sip.net;

import java.util.Locale;

/**
 * An address that SIP is taken at.
 *
 * @param address that is bound, without brackets; {@code 0.0.0.0} and {@code ::} are all of a family
 * @param port that is bound, 1 to 65535
 * @param advertised what Contact and Via say
 */
public record Listener(SipTransportKind transport, String address, int port, HostPort advertised) {

    /**
     * @param text {@code transport:address:port}, and where others know it by another name {@code =host} or
     *     {@code =host:port} after it: {@code tls:[::]:5061=sip.example.com}
     * @throws IllegalArgumentException that says what is wrong
     */
    public static Listener parse(String text) {
        int equals = text.indexOf('=');
        String bound = (equals < 0 ? text : text.substring(0, equals)).strip();
        int colon = bound.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no listener: write transport:address:port, such as udp:0.0.0.0:5060");
        }
        SipTransportKind transport = SipTransportKind.of(bound.substring(0, colon));
        HostPort socket = HostPort.parse(bound.substring(colon + 1), transport.defaultPort());
        HostPort advertised = equals < 0 ? socket : HostPort.parse(text.substring(equals + 1), socket.port());
        return new Listener(transport, socket.host(), socket.port(), advertised);
    }

    public boolean isIpv6() {
        return address.indexOf(':') >= 0;
    }

    /** All addresses of a family. */
    public boolean isWildcard() {
        return address.equals("0.0.0.0") || address.equals("::");
    }

    /** {@code transport:address:port}. */
    @Override
    public String toString() {
        return transport.name().toLowerCase(Locale.ROOT) + ":" + HostPort.bracketed(address) + ":" + port;
    }
}
