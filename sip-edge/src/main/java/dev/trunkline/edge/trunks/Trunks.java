package dev.trunkline.edge.trunks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.edge.caller.CallerSource;
import dev.trunkline.edge.dialled.CalledSource;
import dev.trunkline.events.Trunk;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** The trunks of the compacted topic, held in memory: the edge knows its trunks with everything else down. */
public final class Trunks {
    private static final Logger LOG = Logger.getLogger(Trunks.class);

    private final ObjectMapper json;
    /** Confined to the thread that reads the topic. */
    private final Map<String, Trunk> byId = new HashMap<>();
    private volatile TrunkTable table = TrunkTable.EMPTY;

    public Trunks(ObjectMapper json) {
        this.json = json;
    }

    /** Takes one record of the topic; a tombstone removes its trunk. */
    public void accept(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            byId.remove(message.key());
            LOG.infof("trunk=%s removed", message.key());
        } else {
            try {
                Trunk trunk = json.readValue(message.value(), Trunk.class);
                byId.put(message.key(), trunk);
                LOG.infof("trunk=%s trusts %s", trunk.id(), trunk.addresses());
                List<String> unreadable = TrunkTable.unreadable(trunk);
                if (!unreadable.isEmpty()) {
                    LOG.warnf("trunk=%s these addresses are no networks and let nobody in: %s; write them as"
                            + " 203.0.113.0/24 or 2001:db8::/32", trunk.id(), unreadable);
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
            } catch (IOException | IllegalArgumentException e) {
                LOG.errorf("trunk=%s the record is not a trunk and is passed over", message.key());
                return;
            }
        }
        table = new TrunkTable(byId.values());
    }

    private static <T> String codes(T[] sources, Function<T, String> code) {
        return Arrays.stream(sources).map(code).collect(Collectors.joining(", "));
    }

    public Optional<Trunk> of(InetAddress source) {
        return table.of(source);
    }
}
