package dev.trunkline.relay.sdp;

import dev.trunkline.relay.sdp.MediaAddress.Family;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where phones send their audio to: one address for each family that our sockets reach. A stream is taken only in a family
 * that is here, for its phone must be able to send to us and we to it.
 */
public final class OwnAddresses {
    private final Map<Family, InetAddress> byFamily = new EnumMap<>(Family.class);
    private final InetAddress preferred;

    private OwnAddresses(List<InetAddress> addresses) {
        this.preferred = addresses.getFirst();
        for (InetAddress address : addresses) {
            if (address.isAnyLocalAddress()) {
                throw new IllegalArgumentException(address.getHostAddress() + " is no address that a phone can send to");
            }
            if (byFamily.put(Family.of(address), address) != null) {
                throw new IllegalArgumentException("there are two " + Family.of(address).title() + " addresses, where one can stand in a description");
            }
        }
    }

    /**
     * @param addresses one, or one of each family, the preferred first: that of an offer of ours
     * @throws IllegalArgumentException for two of one family, and for one that is unspecified
     */
    public static OwnAddresses of(InetAddress... addresses) {
        return new OwnAddresses(List.of(addresses));
    }

    boolean reaches(Family family) {
        return byFamily.containsKey(family);
    }

    /** In which a phone of that family is told where to send; the preferred for one that gives none. */
    InetAddress towards(Family family) {
        return byFamily.getOrDefault(family, preferred);
    }

    InetAddress preferred() {
        return preferred;
    }

    /** For people: {@code IPv4}, or {@code IPv4 and IPv6}. */
    String families() {
        return String.join(" and ", byFamily.keySet().stream().map(Family::title).toList());
    }
}
