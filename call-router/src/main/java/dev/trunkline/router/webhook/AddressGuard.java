package dev.trunkline.router.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Keeps tenants from making the router talk to hosts that only the router can reach (server-side request forgery):
 * their URLs may lead only to addresses of the public Internet, unless a setting names the network. The check applies
 * to an address after the name was resolved, and the connection goes to the checked address.
 */
public final class AddressGuard {
    /** An IPv6 address that carries an IPv4 address: the IPv4 address is checked. */
    private record Carrier(Subnet network, int at) {}

    private record Barred(Subnet network, String what) {}

    private static final List<Carrier> CARRIERS = List.of(
            new Carrier(Subnet.parse("::/96"), 12), // RFC 4291 section 2.5.5.1; Java unwraps ::ffff:0:0/96 by itself
            new Carrier(Subnet.parse("64:ff9b::/96"), 12), // RFC 6052 section 2.1
            new Carrier(Subnet.parse("2002::/16"), 2)); // RFC 3056 section 2

    private static final List<Barred> BARRED = List.of(
            barred("0.0.0.0/8", "this host"),
            barred("10.0.0.0/8", "a private network"),
            barred("100.64.0.0/10", "a carrier's own network"), // RFC 6598
            barred("127.0.0.0/8", "this machine"),
            barred("168.63.129.16/32", "a cloud's host agent"),
            barred("169.254.0.0/16", "link-local, where clouds keep their metadata"), // RFC 3927
            barred("172.16.0.0/12", "a private network"),
            barred("192.0.0.0/24", "a special-purpose network"), // RFC 6890
            barred("192.0.2.0/24", "a network for examples"), // RFC 5737
            barred("192.88.99.0/24", "a special-purpose network"), // RFC 7526
            barred("192.168.0.0/16", "a private network"),
            barred("198.18.0.0/15", "a network for benchmarks"), // RFC 2544
            barred("198.51.100.0/24", "a network for examples"),
            barred("203.0.113.0/24", "a network for examples"),
            barred("224.0.0.0/4", "multicast"),
            barred("240.0.0.0/4", "reserved"),
            barred("::/128", "this host"),
            barred("::1/128", "this machine"),
            barred("64:ff9b:1::/48", "a private network"), // RFC 8215
            barred("100::/64", "a network that leads nowhere"), // RFC 6666
            barred("2001::/23", "a special-purpose network"), // RFC 2928, with Teredo
            barred("2001:db8::/32", "a network for examples"),
            barred("fc00::/7", "a private network"), // RFC 4193
            barred("fe80::/10", "link-local"),
            barred("fec0::/10", "a private network"), // RFC 3879
            barred("ff00::/8", "multicast"));

    private final List<Subnet> allowed;

    /**
     * @param allowed networks that may be reached although they are not public, in CIDR
     * @throws IllegalArgumentException if one of them is not a network
     */
    public AddressGuard(List<String> allowed) {
        this.allowed = allowed.stream().map(Subnet::parse).toList();
    }

    /** @return what kind of address it is, if it may not be reached; otherwise empty */
    public Optional<String> refusal(InetAddress address) {
        InetAddress judged = carried(address);
        if (allowed.stream().anyMatch(network -> network.contains(address) || network.contains(judged))) {
            return Optional.empty();
        }
        return BARRED.stream()
                .filter(barred -> barred.network().contains(address) || barred.network().contains(judged))
                .map(Barred::what)
                .findFirst();
    }

    private static InetAddress carried(InetAddress address) {
        return CARRIERS.stream()
                .filter(carrier -> carrier.network().contains(address) && !tiny(address))
                .map(carrier -> part(address, carrier.at()))
                .findFirst()
                .orElse(address);
    }

    /** {@code ::} and {@code ::1} look as if they carried 0.0.0.0 and 0.0.0.1, but are addresses of their own. */
    private static boolean tiny(InetAddress address) {
        return address.isAnyLocalAddress() || address.isLoopbackAddress();
    }

    private static InetAddress part(InetAddress address, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static Barred barred(String network, String what) {
        return new Barred(Subnet.parse(network), what);
    }
}
