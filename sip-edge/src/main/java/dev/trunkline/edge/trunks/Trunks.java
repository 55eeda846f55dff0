package dev.trunkline.edge.trunks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.edge.caller.CallerSource;
import dev.trunkline.edge.dialled.CalledSource;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.SealedTrunkUsers;
import dev.trunkline.events.privacy.TrunkUser;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** The trunks of the compacted topic, held in memory: the edge knows its trunks even if everything else is down. */
public final class Trunks {
    private static final Logger LOG = Logger.getLogger(Trunks.class);

    private final ObjectMapper json;
    private final SealedTrunkUsers seals;
    private final HostNames hosts;
    private final Map<String, KnownTrunk> byId = new HashMap<>();
    /** Guarded by this. */
    private Map<InetAddress, Set<String>> gateways = Map.of();
    /** Guarded by this. */
    private Map<InetAddress, Set<String>> outbound = Map.of();
    private volatile TrunkTable table = TrunkTable.EMPTY;

    public Trunks(ObjectMapper json, SealedTrunkUsers seals, HostNames hosts) {
        this.json = json;
        this.seals = seals;
        this.hosts = hosts;
    }

    /** Takes one record of the topic; a tombstone removes its trunk. */
    public synchronized void accept(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            byId.remove(message.key());
            LOG.infof("trunk=%s removed", message.key());
        } else {
            try {
                Trunk trunk = json.readValue(message.value(), Trunk.class);
                byId.put(message.key(), new KnownTrunk(trunk, users(trunk)));
                LOG.infof("trunk=%s trusts %s%s", trunk.id(), trunk.addresses(),
                        trunk.sealedUsers().isPresent() ? " with credentials" : "");
                warn(trunk);
            } catch (IOException | IllegalArgumentException e) {
                LOG.errorf("trunk=%s the record is not a trunk and is ignored", message.key());
                return;
            }
        }
        hosts.want(byId.values().stream()
                .flatMap(known -> known.trunk().addresses().stream())
                .filter(address -> Cidr.parse(address).isEmpty() && HostName.is(address))
                .collect(Collectors.toSet()));
        table = new TrunkTable(byId.values(), hosts.known(), gateways, outbound);
    }

    /** Sets the addresses that host names have from now on. */
    public synchronized void resolved(Map<String, List<InetAddress>> addresses) {
        table = new TrunkTable(byId.values(), addresses, gateways, outbound);
    }

    /**
     * Sets the addresses to which calls are placed from now on.
     *
     * @param inbound each with the ids of the trunks whose calls come from there
     * @param goingOut each with the ids of the outbound trunks whose calls go there
     */
    public synchronized void gateways(Map<InetAddress, Set<String>> inbound, Map<InetAddress, Set<String>> goingOut) {
        if (!inbound.equals(gateways) || !goingOut.equals(outbound)) {
            gateways = Map.copyOf(inbound);
            outbound = Map.copyOf(goingOut);
            table = new TrunkTable(byId.values(), hosts.known(), gateways, outbound);
        }
    }

    /** Returns no users if they cannot be read: then nobody can authenticate, and nobody gets in without. */
    private List<TrunkUser> users(Trunk trunk) {
        try {
            return trunk.sealedUsers().map(sealed -> seals.open(trunk.id(), sealed)).orElse(List.of());
        } catch (SealBrokenException e) {
            LOG.errorf("trunk=%s admits no calls because its users cannot be read: %s", trunk.id(), e.getMessage());
            return List.of();
        }
    }

    private static void warn(Trunk trunk) {
        List<String> unreadable = TrunkTable.unreadable(trunk);
        if (!unreadable.isEmpty()) {
            LOG.warnf("trunk=%s these addresses are neither networks nor host names and let nobody in: %s; write them as"
                    + " 203.0.113.0/24, 2001:db8::/32 or sip.carrier.example", trunk.id(), unreadable);
        }
        List<String> unknown = Stream.concat(
                        trunk.calledFrom().stream().filter(code -> CalledSource.of(code).isEmpty()),
                        trunk.callerFrom().stream().filter(code -> CallerSource.of(code).isEmpty()))
                .toList();
        if (!unknown.isEmpty()) {
            LOG.warnf("trunk=%s no number is ever read from %s; write calledFrom as %s and callerFrom as %s",
                    trunk.id(), unknown, codes(CalledSource.values(), CalledSource::code),
                    codes(CallerSource.values(), CallerSource::code));
        }
    }

    private static <T> String codes(T[] sources, Function<T, String> code) {
        return Arrays.stream(sources).map(code).collect(Collectors.joining(", "));
    }

    /** Returns the current table. */
    public TrunkTable table() {
        return table;
    }
}
