package dev.trunkline.router.webhook;

import java.net.InetAddress;

/** A network of IP addresses, IPv4 or IPv6 (RFC 4632, RFC 4291 section 2.3). */
record Subnet(InetAddress network, int prefix) {

    /**
     * @param text {@code 10.0.0.0/8}, {@code fc00::/7}, or one address without a mask
     * @throws IllegalArgumentException with a message that says what to write
     */
    static Subnet parse(String text) {
        String[] parts = text.strip().split("/", -1);
        try {
            // ofLiteral never queries the DNS, but reads 10.8 as 10.0.0.8, as old C libraries do.
            if (parts.length <= 2 && (parts[0].contains(":") || parts[0].matches("[0-9]+(\\.[0-9]+){3}"))) {
                InetAddress address = InetAddress.ofLiteral(parts[0]);
                int bits = address.getAddress().length * 8;
                int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
                if (prefix >= 0 && prefix <= bits) {
                    return new Subnet(address, prefix);
                }
            }
        } catch (IllegalArgumentException e) {
            // As wrong as text that has the wrong form.
        }
        throw new IllegalArgumentException(text + " is not a network: write for example 10.20.0.0/16 or fd00:12::/32");
    }

    boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
