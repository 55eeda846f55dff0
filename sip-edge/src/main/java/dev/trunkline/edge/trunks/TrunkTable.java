package dev.trunkline.edge.trunks;

import dev.trunkline.events.Trunk;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which trunk an address belongs to: the longest prefix that fits. Immutable, so that a packet is judged without a
 * lock.
 */
public final class TrunkTable {
    public static final TrunkTable EMPTY = new TrunkTable(List.of());

    private final Map<Cidr, Trunk> networks = new HashMap<>();
    /** Prefix lengths in use, longest first. */
    private final int[] lengths;

    /** Addresses that are no networks are left out; {@link #unreadable} tells which. */
    public TrunkTable(Collection<Trunk> trunks) {
        var known = new TreeSet<Integer>(Comparator.reverseOrder());
        // Two trunks that claim the same network: the one whose id comes first has it, on every edge alike.
        for (Trunk trunk : trunks.stream().sorted(Comparator.comparing(Trunk::id)).toList()) {
            for (String address : trunk.addresses()) {
                Cidr.parse(address).ifPresent(network -> {
                    networks.putIfAbsent(network, trunk);
                    known.add(network.prefix());
                });
            }
        }
        lengths = known.stream().mapToInt(Integer::intValue).toArray();
    }

    public Optional<Trunk> of(InetAddress source) {
        byte[] address = source.getAddress();
        for (int length : lengths) {
            if (length <= address.length * 8) {
                Trunk trunk = networks.get(new Cidr(Cidr.masked(address, length), length));
                if (trunk != null) {
                    return Optional.of(trunk);
                }
            }
        }
        return Optional.empty();
    }

    /** The addresses of a trunk that are no networks. */
    public static List<String> unreadable(Trunk trunk) {
        return trunk.addresses().stream().filter(address -> Cidr.parse(address).isEmpty()).toList();
    }
}
