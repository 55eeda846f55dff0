package dev.trunkline.limiter.service;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.CallId;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A consumer of the live calls, from the beginning of the topic. */
final class LiveTopic implements AutoCloseable {
    private final Map<CallId, LiveCall> live = new ConcurrentHashMap<>();
    /** Keys, once for each record about them. */
    private final Queue<CallId> said = new ConcurrentLinkedQueue<>();
    private final TopicTail tail;

    LiveTopic(KafkaAddress kafka) {
        tail = new TopicTail(
                        kafka, "test-live", List.of(Topics.LIVE_CALLS), new TopicTail.From.Beginning(), this::hear)
                .start();
        tail.caughtUp().toCompletableFuture().join();
    }

    private void hear(ConsumerRecord<String, byte[]> message) {
        CallId callId = CallId.of(message.key());
        said.add(callId);
        if (message.value() == null) {
            live.remove(callId);
            return;
        }
        try {
            live.put(callId, EventJson.MAPPER.readValue(message.value(), LiveCall.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<LiveCall> call(CallId callId) {
        return Optional.ofNullable(live.get(callId));
    }

    Set<CallId> calls() {
        return Set.copyOf(live.keySet());
    }

    boolean everSaid(CallId callId) {
        return said.contains(callId);
    }

    @Override
    public void close() {
        tail.close();
    }
}
