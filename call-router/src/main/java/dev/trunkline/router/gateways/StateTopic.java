package dev.trunkline.router.gateways;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the edges' reports on outbound trunks into the table, from the beginning of the topic. */
public final class StateTopic implements AutoCloseable {
    /** A trunk of sixteen gateways has some 3 KB; a much longer value was not written by the suite. */
    static final int LONGEST_VALUE = 64 * 1024;
    private static final ObjectReader READER = EventJson.MAPPER
            .readerFor(OutboundTrunkState.class)
            .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private final TopicTail tail;

    public StateTopic(StateTable table, KafkaAddress kafka, String instance, ContainedFaults faults) {
        tail = new TopicTail(kafka, instance + "-outbound-states", List.of(Topics.OUTBOUND_STATES),
                new TopicTail.From.Beginning(), message -> hear(table, message), faults);
    }

    public void start() {
        tail.start();
    }

    /** @throws IllegalArgumentException for a record that no edge writes */
    static void hear(StateTable table, ConsumerRecord<String, byte[]> message) {
        if (message.key() == null) {
            throw new IllegalArgumentException("a state of a trunk without a key");
        }
        if (message.value() == null) {
            table.remove(message.key());
            return;
        }
        try {
            if (message.value().length > LONGEST_VALUE || !(READER.readValue(message.value()) instanceof OutboundTrunkState state)) {
                throw new IllegalArgumentException("a state of a trunk that is too long, or empty");
            }
            table.put(message.key(), state);
        } catch (IOException e) {
            // Jackson's message quotes the value.
            throw new IllegalArgumentException("the value is not the state of a trunk");
        }
    }

    /** Returns whether everything has been read that was on the topic when this process started. */
    boolean begun() {
        return tail.healthy();
    }

    @Override
    public void close() {
        tail.close();
    }
}
