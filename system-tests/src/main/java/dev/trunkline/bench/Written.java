package dev.trunkline.bench;

import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.codec.EventTypes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Counts written events, and the bytes of their keys, headers and values. Thread-safe. */
final class Written {
    private static final String HEARTBEAT = EventTypes.nameOf(CallHeartbeat.class);

    private final Map<String, Sum> byType = new ConcurrentHashMap<>();

    /** A number of events of one or several types, and their bytes. */
    record Sum(long events, long bytes) {
        Sum plus(Sum other) {
            return new Sum(events + other.events, bytes + other.bytes);
        }
    }

    void add(CallRecord event, ConsumerRecord<String, byte[]> message) {
        byType.merge(EventTypes.nameOf(event.getClass()), new Sum(1, bytes(message)), Sum::plus);
    }

    static long bytes(ConsumerRecord<String, byte[]> message) {
        long bytes = Math.max(message.serializedKeySize(), 0) + Math.max(message.serializedValueSize(), 0);
        for (Header header : message.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    void clear() {
        byType.clear();
    }

    /** Returns the cost of a call that does not depend on its duration. */
    Sum withoutHeartbeats() {
        return byType.entrySet().stream()
                .filter(type -> !type.getKey().equals(HEARTBEAT))
                .map(Map.Entry::getValue)
                .reduce(new Sum(0, 0), Sum::plus);
    }

    Sum heartbeats() {
        return byType.getOrDefault(HEARTBEAT, new Sum(0, 0));
    }
}
