package dev.trunkline.bus;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Polls that end when they should. Kafka's client counts how long a poll lasts by the machine's clock: where that is set back meanwhile
 * and nothing comes, the poll lasts as much longer, and whoever waits for it hears nothing and seems deaf.
 */
final class BoundedPoll {
    /** What a poll may take beyond its time: a rebalance, a pause of the garbage collector. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** For all consumers of the process: waking one up takes no time. */
    private static final ScheduledThreadPoolExecutor WAKING = waking();

    private BoundedPoll() {}

    private static ScheduledThreadPoolExecutor waking() {
        var waking = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("kafka-polls").factory());
        waking.setRemoveOnCancelPolicy(true);
        return waking;
    }

    /** @return nothing, too, where the consumer was woken up, by whomever */
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
