package dev.trunkline.edge.outbound;

import dev.trunkline.sip.locate.Target;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The addresses of gateways and proxies of outbound trunks. Messages from there are read, and OPTIONS are answered; the inbound trunk
 * decides what else may come from there.
 *
 * @param inbound ids of the inbound trunks whose calls come from there, by address; none if the outbound trunk names none
 * @param outbound ids of the outbound trunks whose gateways and proxies have that address
 */
public record GatewayAddresses(Map<InetAddress, Set<String>> inbound, Map<InetAddress, Set<String>> outbound) {
    public static final GatewayAddresses NONE = new GatewayAddresses(Map.of(), Map.of());

    public GatewayAddresses {
        inbound = Map.copyOf(inbound);
        outbound = Map.copyOf(outbound);
    }

    static GatewayAddresses of(Collection<KnownOutbound> trunks, Function<Target, Set<InetAddress>> located) {
        Map<InetAddress, Set<String>> inbound = new HashMap<>();
        Map<InetAddress, Set<String>> outbound = new HashMap<>();
        for (KnownOutbound trunk : trunks) {
            for (Target place : trunk.places()) {
                for (InetAddress address : located.apply(place)) {
                    Set<String> ids = inbound.computeIfAbsent(address, any -> new HashSet<>());
                    trunk.trunk().inbound().ifPresent(ids::add);
                    outbound.computeIfAbsent(address, any -> new HashSet<>()).add(trunk.id());
                }
            }
        }
        return new GatewayAddresses(inbound, outbound);
    }
}
