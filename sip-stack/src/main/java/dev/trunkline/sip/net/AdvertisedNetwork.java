package dev.trunkline.sip.net;

import java.net.InetAddress;

/**
 * A network to whose peers Contact and Via advertise a host other than the listener's own.
 *
 * @param network the peers' addresses, masked
 * @param prefix length in bits
 * @param host without brackets
 */
public record AdvertisedNetwork(InetAddress network, int prefix, String host) {

    /**
     * @param text {@code 10.0.0.0/8=10.1.2.3}
     * @throws IllegalArgumentException with a message that says what is wrong
     */
    public static AdvertisedNetwork parse(String text) {
        int equals = text.indexOf('=');
        int slash = text.indexOf('/');
        if (slash < 0 || equals < slash) {
            throw new IllegalArgumentException("\"" + text + "\": write network=host, such as 10.0.0.0/8=10.1.2.3");
        }
        InetAddress network = InetAddress.ofLiteral(unbracketed(text.substring(0, slash).strip()));
        int prefix = prefix(text.substring(slash + 1, equals).strip(), network.getAddress().length * 8, text);
        String host = unbracketed(text.substring(equals + 1).strip());
        if (host.isEmpty()) {
            throw new IllegalArgumentException("\"" + text + "\": there is no host after the network");
        }
        return new AdvertisedNetwork(network, prefix, host);
    }

    private static int prefix(String digits, int bits, String text) {
        try {
            int prefix = Integer.parseInt(digits);
            if (prefix >= 0 && prefix <= bits) {
                return prefix;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new IllegalArgumentException("\"" + text + "\": a prefix is a number from 0 to " + bits);
    }

    public boolean has(InetAddress peer) {
        byte[] theirs = peer.getAddress();
        byte[] ours = network.getAddress();
        if (theirs.length != ours.length) {
            return false;
        }
        for (int i = 0; i < ours.length; i++) {
            int mask = 0xFF << (8 - Math.clamp(prefix - i * 8L, 0, 8));
            if (((theirs[i] ^ ours[i]) & mask & 0xFF) != 0) {
                return false;
            }
        }
        return true;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
