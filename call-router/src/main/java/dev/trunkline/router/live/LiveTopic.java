package dev.trunkline.router.live;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.CallId;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the topic of live calls into the table, from its beginning, and knows how fresh the table is. */
public final class LiveTopic implements AutoCloseable {
    /** A live call has some 400 octets; a much longer value was not written by the suite. */
    static final int LONGEST_VALUE = 16 * 1024;
    private static final ObjectReader READER = EventJson.MAPPER
            .readerFor(LiveCall.class)
            .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private final LiveCallTable table;
    private final Clock clock;
    private final TopicTail tail;

    public LiveTopic(LiveCallTable table, KafkaAddress kafka, String instance, Clock clock, ContainedFaults faults) {
        this.table = table;
        this.clock = clock;
        this.tail = new TopicTail(
                kafka, instance + "-live-calls", List.of(Topics.LIVE_CALLS), new TopicTail.From.Beginning(),
                message -> hear(table, message), faults);
    }

    public void start() {
        tail.start();
    }

    /** @throws IllegalArgumentException for a record that no limiter writes; its call, if there was one, is removed from the table */
    static void hear(LiveCallTable table, ConsumerRecord<String, byte[]> message) {
        if (message.key() == null) {
            throw new IllegalArgumentException("a live call without a key");
        }
        CallId callId = CallId.of(message.key());
        if (message.value() == null) {
            table.remove(callId);
            return;
        }
        try {
            table.put(read(callId, message.value()));
        } catch (IllegalArgumentException e) {
            // Whatever this record says, the previous one no longer applies.
            table.remove(callId);
            throw e;
        }
    }

    private static LiveCall read(CallId callId, byte[] value) {
        if (value.length > LONGEST_VALUE) {
            throw new IllegalArgumentException("a live call of more than " + LONGEST_VALUE + " octets");
        }
        try {
            LiveCall call = READER.readValue(value);
            if (call == null || !call.callId().equals(callId)) {
                throw new IllegalArgumentException("a live call whose key is not its callId");
            }
            return call;
        } catch (IOException e) {
            // Jackson's message quotes the value.
            throw new IllegalArgumentException("the value is not a live call");
        }
    }

    /** Returns whether everything has been read that was on the topic when this process started. */
    public boolean begun() {
        return tail.healthy();
    }

    /** Returns a time: the table has everything that had been written by then. */
    public Instant readAt() {
        return clock.instant().minusNanos(Math.max(0, System.nanoTime() - tail.heardUntil()));
    }

    /** Returns whether the table has every live call of {@link #readAt}, and that time is at most two seconds ago. */
    public boolean complete() {
        return begun() && tail.deafFor().isZero() && !table.overflowed();
    }

    public Duration deafFor() {
        return tail.deafFor();
    }

    @Override
    public void close() {
        tail.close();
    }
}
