package dev.trunkline.edge.trunks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.events.Trunk;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            } catch (IOException | IllegalArgumentException e) {
                LOG.errorf("trunk=%s the record is not a trunk and is passed over", message.key());
                return;
            }
        }
        table = new TrunkTable(byId.values());
    }

    public Optional<Trunk> of(InetAddress source) {
        return table.of(source);
    }
}
