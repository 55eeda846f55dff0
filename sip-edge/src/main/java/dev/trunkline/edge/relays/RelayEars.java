package dev.trunkline.edge.relays;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.events.RelayHeartbeat;
import java.io.IOException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Reads {@code Topics.RELAYS} into the table, record by record, on one thread. */
public final class RelayEars {
    private static final Logger LOG = Logger.getLogger(RelayEars.class);

    private final RelayTable table;
    private final ObjectMapper json;

    public RelayEars(RelayTable table, ObjectMapper json) {
        this.table = table;
        this.json = json;
    }

    /** @param past whether the record was there when reading began */
    public void accept(ConsumerRecord<String, byte[]> message, boolean past) {
        if (message.value() == null) {
            table.forget(message.key());
            return;
        }
        RelayHeartbeat beat;
        try {
            beat = json.readValue(message.value(), RelayHeartbeat.class);
        } catch (IOException e) {
            // A state that a newer relay knows and this edge does not: the relay publishes its next heartbeat a second
            // later.
            LOG.warnf("a heartbeat at offset %d of %s is ignored: it cannot be read", message.offset(), message.topic());
            return;
        }
        if (beat == null || beat.relay() == null || beat.state() == null) {
            LOG.warnf("a heartbeat at offset %d of %s is ignored: it names no relay or no state", message.offset(), message.topic());
        } else if (past) {
            table.hearOld(beat, Instant.ofEpochMilli(message.timestamp()));
        } else {
            table.hear(beat, Instant.ofEpochMilli(message.timestamp()));
        }
    }
}
