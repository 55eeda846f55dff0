package dev.trunkline.edge.trunks;

import dev.trunkline.events.Trunk;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which trunks an address belongs to: those with the longest matching prefix. Immutable, so a packet is judged without a lock. */
public final class TrunkTable {
    public static final TrunkTable EMPTY = new TrunkTable(List.of(), Map.of());

    private final Map<Cidr, List<KnownTrunk>> networks = new HashMap<>();
    private final Map<String, KnownTrunk> byId = new HashMap<>();
    private final List<KnownTrunk> roaming;
    /**
     * Addresses to which calls are placed: messages from there are read, even if they are no trunk's. With the ids of the trunks
     * that lead there.
     */
    private final Map<InetAddress, Set<String>> gateways;
    /** Prefix lengths in use, longest first. */
    private final int[] lengths;

    /**
     * Addresses that are neither networks nor names are left out; {@link #unreadable} returns them.
     *
     * @param hosts the addresses that DNS has for each host name
     * @param gateways addresses of outbound trunks' gateways, each with the ids of the trunks whose calls come from there: as if
     *     those trunks had the address
     * @param outbound the same addresses, each with the ids of the outbound trunks whose calls go there
     */
    public TrunkTable(
            Collection<KnownTrunk> trunks,
            Map<String, List<InetAddress>> hosts,
            Map<InetAddress, Set<String>> gateways,
            Map<InetAddress, Set<String>> outbound) {
        var known = new TreeSet<Integer>(Comparator.reverseOrder());
        // Trunks that claim the same network are in the order of their ids, the same on every edge.
        List<KnownTrunk> inOrder = trunks.stream().sorted(Comparator.comparing(KnownTrunk::id)).toList();
        for (KnownTrunk trunk : inOrder) {
            byId.put(trunk.id(), trunk);
            for (Cidr network : networks(trunk, hosts, gateways)) {
                List<KnownTrunk> there = networks.computeIfAbsent(network, any -> new ArrayList<>(1));
                if (!there.contains(trunk)) {
                    there.add(trunk);
                }
                known.add(network.prefix());
            }
        }
        var all = new HashMap<InetAddress, Set<String>>(outbound);
        gateways.keySet().forEach(address -> all.putIfAbsent(address, Set.of()));
        this.gateways = Map.copyOf(all);
        roaming = inOrder.stream().filter(KnownTrunk::roams).toList();
        lengths = known.stream().mapToInt(Integer::intValue).toArray();
    }

    /** A table in which no gateway without an inbound trunk sends requests in calls. */
    public TrunkTable(
            Collection<KnownTrunk> trunks, Map<String, List<InetAddress>> hosts, Map<InetAddress, Set<String>> gateways) {
        this(trunks, hosts, gateways, Map.of());
    }

    /** A table without outbound trunks. */
    public TrunkTable(Collection<KnownTrunk> trunks, Map<String, List<InetAddress>> hosts) {
        this(trunks, hosts, Map.of(), Map.of());
    }

    private static List<Cidr> networks(
            KnownTrunk trunk, Map<String, List<InetAddress>> hosts, Map<InetAddress, Set<String>> gateways) {
        var networks = new ArrayList<Cidr>();
        gateways.forEach((address, ids) -> {
            if (ids.contains(trunk.id())) {
                networks.add(Cidr.of(address));
            }
        });
        for (String address : trunk.trunk().addresses()) {
            Cidr.parse(address).ifPresentOrElse(
                    networks::add,
                    () -> hosts.getOrDefault(address, List.of()).forEach(one -> networks.add(Cidr.of(one))));
        }
        return networks;
    }

    /** Whether calls are placed to an address. */
    boolean isGateway(InetAddress source) {
        return gateways.containsKey(source);
    }

    /** Whether calls of that outbound trunk are placed to an address. */
    boolean isGateway(InetAddress source, String trunkId) {
        return gateways.getOrDefault(source, Set.of()).contains(trunkId);
    }

    /** Whether an address belongs to any trunk. Called for each packet. */
    public boolean knows(InetAddress source) {
        if (gateways.containsKey(source)) {
            return true;
        }
        byte[] address = source.getAddress();
        for (int length : lengths) {
            if (length <= address.length * 8 && networks.containsKey(new Cidr(Cidr.masked(address, length), length))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the trunks to which a source belongs and that use its transport, in the order of their ids. */
    List<KnownTrunk> of(PacketSource source) {
        return of(source.address(), source.transport());
    }

    List<KnownTrunk> of(InetAddress source, SipTransportKind transport) {
        byte[] address = source.getAddress();
        for (int length : lengths) {
            if (length <= address.length * 8) {
                List<KnownTrunk> there =
                        networks.getOrDefault(new Cidr(Cidr.masked(address, length), length), List.of());
                List<KnownTrunk> speaking = there.stream().filter(trunk -> trunk.speaks(transport)).toList();
                if (!speaking.isEmpty()) {
                    return speaking;
                }
            }
        }
        return List.of();
    }

    /** Returns the trunks that are known by credentials alone, wherever they send from. */
    List<KnownTrunk> roaming() {
        return roaming;
    }

    Optional<KnownTrunk> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns the addresses of a trunk that are neither networks nor host names. */
    public static List<String> unreadable(Trunk trunk) {
        return trunk.addresses().stream()
                .filter(address -> Cidr.parse(address).isEmpty() && !HostName.is(address))
                .toList();
    }
}
