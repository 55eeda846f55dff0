package dev.trunkline.sipapi.calls;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.RelayHeartbeat;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Consumes the heartbeats of relays for the {@link RelayShare}: each relay publishes one a second. */
public final class RelayEars implements AutoCloseable {
    private final RelayShare share;
    private final TopicTail tail;

    public RelayEars(RelayShare share, KafkaAddress kafka, String instance, ContainedFaults faults) {
        this.share = share;
        this.tail = new TopicTail(
                kafka, instance + "-relays", List.of(Topics.RELAYS), new TopicTail.From.Now(), this::beat, faults);
    }

    public void start() {
        tail.start();
    }

    private void beat(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            return;
        }
        try {
            RelayHeartbeat beat = EventJson.MAPPER.readValue(message.value(), RelayHeartbeat.class);
            if (beat != null && beat.relay() != null && beat.state() != null) {
                share.hears(beat);
            }
        } catch (IOException e) {
            // A state that only a newer relay has; the next heartbeat follows a second later.
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
