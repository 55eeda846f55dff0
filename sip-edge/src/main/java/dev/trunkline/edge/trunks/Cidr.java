package dev.trunkline.edge.trunks;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * A network, {@code 203.0.113.0/24} or {@code ::1/128}.
 *
 * @param network 4 or 16 bytes, the bits after the prefix are 0
 * @param prefix length in bits
 */
record Cidr(byte[] network, int prefix) {
    private static final int LONGEST = 64;

    /** @return empty if it is no network: a typing error must not make a trunk trust the whole world */
    static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        String host = (slash < 0 ? text : text.substring(0, slash)).strip();
        if (host.length() > LONGEST || !isLiteral(host)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(host).getAddress();
            int bits = bytes.length * 8;
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1).strip());
            return prefix < 0 || prefix > bits ? Optional.empty() : Optional.of(new Cidr(masked(bytes, prefix), prefix));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Only literals: a name lookup takes time, and is the task of {@link HostNames}. */
    private static boolean isLiteral(String host) {
        boolean four = !host.isEmpty() && host.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
        boolean six = host.indexOf(':') >= 0 && host.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
        return four || six;
    }

    /** One address. */
    static Cidr of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new Cidr(bytes, bytes.length * 8);
    }

    /** The first {@code prefix} bits of an address, the others 0. */
    static byte[] masked(byte[] address, int prefix) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int keep = Math.clamp(prefix - i * 8L, 0, 8);
            masked[i] &= (byte) (0xFF << (8 - keep));
        }
        return masked;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr(byte[] theirs, int length) && length == prefix && Arrays.equals(theirs, network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefix;
    }
}
