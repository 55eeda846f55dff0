package dev.trunkline.bus;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Polls that end on time. Kafka's client measures a poll by the machine's clock: if that clock is set back during a poll and no record
 * arrives, the poll lasts longer by the same amount, and a reader that waits for it consumes nothing and appears deaf.
 */
final class BoundedPoll {
    /** How much longer than its timeout a poll may take: a rebalance, a garbage collection pause. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Shared by all consumers of the process: waking one up takes no time. */
    private static final ScheduledThreadPoolExecutor WAKING = waking();

    private BoundedPoll() {}

    private static ScheduledThreadPoolExecutor waking() {
        var waking = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("kafka-polls").factory());
        waking.setRemoveOnCancelPolicy(true);
        return waking;
    }

    /** @return also empty if any thread woke the consumer up */
    static <K, V> ConsumerRecords<K, V> of(Consumer<K, V> consumer, Duration atMost) {
        Future<?> end = WAKING.schedule(consumer::wakeup, atMost.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        try {
            return consumer.poll(atMost);
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        } finally {
            end.cancel(false);
        }
    }
}
