package dev.trunkline.router.announce;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads which trunks a compacted topic holds now. */
public final class TopicKeys implements TrunkAnnouncer.Announced {
    private final KafkaAddress kafka;
    private final String topic;
    private final String clientId;

    public TopicKeys(KafkaAddress kafka, String topic, String clientId) {
        this.kafka = kafka;
        this.topic = topic;
        this.clientId = clientId;
    }

    @Override
    public Set<String> read(Duration patience) throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> keys = ConcurrentHashMap.newKeySet();
        TopicTail tail = new TopicTail(
                kafka, clientId, List.of(topic), new TopicTail.From.Beginning(), message -> {
                    if (message.key() == null) {
                        return;
                    }
                    if (message.value() == null) {
                        keys.remove(message.key());
                    } else {
                        keys.add(message.key());
                    }
                });
        try (tail) {
            tail.start().caughtUp().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return Set.copyOf(keys);
        }
    }
}
