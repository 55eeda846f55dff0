package dev.trunkline.router.apply;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where a trunk sends from, as an operator wrote it: an address or network in CIDR, or a host name to be looked up by DNS. */
final class Network {
    /**
     * RFC 1123 section 2.1. The last label begins with a letter and has at least two characters, so that a mistyped
     * address does not pass as a name.
     */
    private static final Pattern HOST =
            Pattern.compile("(?=.{2,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z][a-z0-9-]{0,61}[a-z0-9]");

    private Network() {}

    /**
     * @return {@code 203.0.113.0/24}, {@code ::1/128}, {@code sip.carrier.example}
     * @throws IllegalArgumentException with a message that says what to write
     */
    static String parse(String written) {
        String host = written.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (HOST.matcher(host).matches()) {
            return host;
        }
        String[] parts = written.split("/", -1);
        InetAddress address = address(parts[0], written);
        int bits = address.getAddress().length * 8;
        int prefix = parts.length == 1 ? bits : prefix(parts, bits, written);
        BigInteger value = new BigInteger(1, address.getAddress());
        BigInteger network = value.shiftRight(bits - prefix).shiftLeft(bits - prefix);
        if (!network.equals(value)) {
            throw new IllegalArgumentException("%s has bits beyond its /%d: write %s/%d for the network, or %s/%d for the one address"
                    .formatted(written, prefix, text(network, bits / 8), prefix, parts[0], bits));
        }
        if (prefix == 0) {
            throw new IllegalArgumentException("a network of /0 would trust everybody: write the networks that the trunk sends from");
        }
        return address.getHostAddress() + "/" + prefix;
    }

    private static InetAddress address(String text, String written) {
        try {
            // Java would read 203.0.113 as 203.0.0.113, as old C libraries do.
            if (text.contains(":") || text.matches("[0-9]+(\\.[0-9]+){3}")) {
                return InetAddress.ofLiteral(text);
            }
        } catch (IllegalArgumentException e) {
            // As wrong as text that has the wrong form.
        }
        throw new IllegalArgumentException(
                written + " is not an address: write for example 203.0.113.7, 203.0.113.0/24, 2001:db8::/32 or sip.carrier.example");
    }

    private static int prefix(String[] parts, int bits, String written) {
        if (parts.length == 2 && parts[1].matches("[0-9]{1,3}") && Integer.parseInt(parts[1]) <= bits) {
            return Integer.parseInt(parts[1]);
        }
        throw new IllegalArgumentException("%s has no valid mask: write a slash and 1 to %d".formatted(written, bits));
    }

    private static String text(BigInteger network, int bytes) {
        byte[] address = new byte[bytes];
        byte[] value = network.toByteArray();
        int length = Math.min(bytes, value.length);
        System.arraycopy(value, value.length - length, address, bytes - length, length);
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes + " bytes", e);
        }
    }
}
