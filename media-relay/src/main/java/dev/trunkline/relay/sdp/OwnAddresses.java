package dev.trunkline.relay.sdp;

import dev.trunkline.relay.sdp.MediaAddress.Family;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The addresses to which phones send their audio: one for each family that our sockets reach. A stream is accepted only in one of
 * these families, because its phone must be able to send to us and we to it.
 */
public final class OwnAddresses {
    private final Map<Family, InetAddress> byFamily = new EnumMap<>(Family.class);
    private final InetAddress preferred;

    private OwnAddresses(List<InetAddress> addresses) {
        this.preferred = addresses.getFirst();
        for (InetAddress address : addresses) {
            if (address.isAnyLocalAddress()) {
                throw new IllegalArgumentException(address.getHostAddress() + " is not an address that a phone can send to");
            }
            if (byFamily.put(Family.of(address), address) != null) {
                throw new IllegalArgumentException(
                        "there are two " + Family.of(address).title() + " addresses, but a description can have only one");
            }
        }
    }

    /**
     * @param addresses one, or one of each family, the preferred one first: that of an offer of ours
     * @throws IllegalArgumentException for two of one family, and for an unspecified address
     */
    public static OwnAddresses of(InetAddress... addresses) {
        return new OwnAddresses(List.of(addresses));
    }

    boolean reaches(Family family) {
        return byFamily.containsKey(family);
    }

    /** Returns the address to which a phone of that family sends; the preferred one for a phone that states no family. */
    InetAddress towards(Family family) {
        return byFamily.getOrDefault(family, preferred);
    }

    InetAddress preferred() {
        return preferred;
    }

    /** Returns text for people: {@code IPv4}, or {@code IPv4 and IPv6}. */
    String families() {
        return String.join(" and ", byFamily.keySet().stream().map(Family::title).toList());
    }
}
