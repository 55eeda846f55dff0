package dev.trunkline.phone;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;

/**
 * The addresses of a {@link Phone} and of the party that it calls.
 *
 * @param target      the SIP address that every call is sent to, UDP
 * @param bindAddress the local address of the SIP socket and of each call's RTP socket, also used in Via, Contact and SDP
 * @param sipPort     the local SIP port, 0–65535; 0 takes any free one
 * @param userAgent   the User-Agent header
 * @param t1          RFC 3261 T1, the first retransmission interval; above zero. An INVITE without any response fails after 64
 *     × T1
 */
public record PhoneSettings(InetSocketAddress target, InetAddress bindAddress, int sipPort, String userAgent, Duration t1) {

    private static final Duration RFC_T1 = Duration.ofMillis(500);

    public PhoneSettings {
        Objects.requireNonNull(userAgent, "userAgent");
        if (target.isUnresolved()) {
            throw new IllegalArgumentException("cannot resolve the SIP target " + target.getHostString() + "; give an address or a name that resolves");
        }
        if (bindAddress.isAnyLocalAddress()) {
            throw new IllegalArgumentException("bind address must be one that the far end can answer to, not " + bindAddress.getHostAddress());
        }
        if (sipPort < 0 || sipPort > 65_535) {
            throw new IllegalArgumentException("SIP port must be 0 to 65535, not " + sipPort);
        }
        if (t1.isNegative() || t1.isZero()) {
            throw new IllegalArgumentException("T1 must be above zero, not " + t1);
        }
    }

    /** Returns settings for a phone on 127.0.0.1, any port, that calls {@code host:port}. */
    public static PhoneSettings calling(String host, int port) {
        return new PhoneSettings(new InetSocketAddress(host, port), InetAddress.ofLiteral("127.0.0.1"), 0, "Trunkline-Phone", RFC_T1);
    }

    /** Returns settings for a phone on this local address and port that receives calls and places none. */
    public static PhoneSettings answering(String host, int port) {
        return calling(host, port).bindTo(host).onPort(port);
    }

    /** Returns a copy bound to another local address, such as 127.0.0.9. */
    public PhoneSettings bindTo(String address) {
        try {
            return new PhoneSettings(target, InetAddress.getByName(address), sipPort, userAgent, t1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("cannot resolve the bind address " + address + "; give one of this machine's addresses", e);
        }
    }

    /** Returns a copy with a fixed local SIP port. */
    public PhoneSettings onPort(int port) {
        return new PhoneSettings(target, bindAddress, port, userAgent, t1);
    }

    /** Returns a copy with another User-Agent. */
    public PhoneSettings as(String name) {
        return new PhoneSettings(target, bindAddress, sipPort, name, t1);
    }

    /** Returns a copy with another T1. */
    public PhoneSettings withT1(Duration interval) {
        return new PhoneSettings(target, bindAddress, sipPort, userAgent, interval);
    }
}
