package dev.trunkline.rtc.ice;

import dev.trunkline.rtc.text.Fields;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * A UDP candidate (RFC 8839 section 5.1).
 *
 * @param foundation shared by candidates of the same kind and base
 * @param priority   32 bits, unsigned: RFC 8445 section 5.1.2.1
 * @param address    an IP address and port, never a name
 * @param type       {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 */
public record IceCandidate(String foundation, long priority, InetSocketAddress address, String type) {

    private static final int HOST_PREFERENCE = 126;

    /** A host candidate of ours. The earlier in our list, the more preferred it is. */
    public static IceCandidate host(InetAddress address, int port, int place) {
        long priority = ((long) HOST_PREFERENCE << 24) | ((long) Math.max(0, 65_535 - place) << 8) | 255;
        return new IceCandidate(Integer.toString(place + 1), priority, new InetSocketAddress(address, port), "host");
    }

    /**
     * Parses the value of an {@code a=candidate} line or of a trickled candidate, with or without {@code candidate:}.
     * Returns empty for one that cannot be used here: TCP, a separate one for RTCP, names (mDNS), and anything that is not a candidate.
     */
    public static Optional<IceCandidate> parse(String text) {
        String value = text.startsWith("candidate:") ? text.substring("candidate:".length()) : text;
        String[] fields = Fields.of(value);
        if (fields.length < 8 || !fields[1].equals("1") || !fields[2].equalsIgnoreCase("udp") || !fields[6].equals("typ")) {
            return Optional.empty();
        }
        try {
            long priority = Long.parseLong(fields[3]);
            int port = Integer.parseInt(fields[5]);
            if (priority < 0 || priority > 0xffff_ffffL || port < 1 || port > 65_535) {
                return Optional.empty();
            }
            InetAddress address = InetAddress.ofLiteral(fields[4]);
            return Optional.of(new IceCandidate(
                    fields[0], priority, new InetSocketAddress(address, port), fields[7].toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException notNumbers) {
            return Optional.empty();
        }
    }

    /** Formats the value of an {@code a=candidate} line. */
    public String toSdp() {
        return foundation + " 1 udp " + priority + " " + address.getAddress().getHostAddress() + " " + address.getPort()
                + " typ " + type;
    }
}
