package dev.trunkline.bus;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * The events that a member of a group has in hand, and the commits of those that are done. Only the poll thread calls
 * it; reports from handlers' threads wait until that thread looks.
 */
final class InHand {
    private static final Logger LOG = Logger.getLogger(InHand.class);
    private static final Duration BETWEEN_COMMITS = Duration.ofMillis(200);
    /** How long partitions that move to another member wait for their events in hand, so that few are redelivered. */
    private static final Duration HAND_OVER = Duration.ofMillis(300);
    /** With more events in hand than this, no more are fetched until some are done. */
    private static final int MOST = 2_000;

    private final String group;
    private final OffsetLedgers ledgers = new OffsetLedgers();
    private final ConcurrentLinkedQueue<Runnable> done = new ConcurrentLinkedQueue<>();
    private boolean commitsFail;
    private long lastCommit = System.nanoTime();

    InHand(String group) {
        this.group = group;
    }

    void started(TopicPartition partition, long offset) {
        ledgers.started(partition, offset);
    }

    void done(TopicPartition partition, long offset) {
        ledgers.done(partition, offset);
    }

    /** @param handled completes on any thread when the event need not be redelivered */
    void doneWhen(CompletionStage<Void> handled, TopicPartition partition, long offset) {
        handled.whenComplete((ignored, failure) -> done.add(() -> ledgers.done(partition, offset)));
    }

    boolean tooMany() {
        return ledgers.inFlight() > MOST;
    }

    /** Registers the events that have become done. */
    void look() {
        for (Runnable task = done.poll(); task != null; task = done.poll()) {
            task.run();
        }
    }

    /** Not after each event: a commit costs the broker as much as an event does. */
    void commitNowAndThen(Consumer<?, ?> consumer) {
        long now = System.nanoTime();
        if (now - lastCommit < BETWEEN_COMMITS.toNanos()) {
            return;
        }
        lastCommit = now;
        Map<TopicPartition, OffsetAndMetadata> offsets = ledgers.toCommit(ledgers.partitions());
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, this::committed);
        }
    }

    private void committed(Map<TopicPartition, OffsetAndMetadata> offsets, Exception failure) {
        if (failure == null) {
            commitsFail = false;
            return;
        }
        ledgers.commitFailed(offsets.keySet());
        if (!commitsFail) {
            commitsFail = true;
            LOG.warnf("group=%s commits fail, events may be delivered again: %s", group, failure.toString());
        }
    }

    void handOverAll(Consumer<?, ?> consumer) {
        handOver(consumer, ledgers.partitions());
    }

    /** Waits briefly for events in hand of the partitions, commits, and forgets them. */
    void handOver(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        long until = System.nanoTime() + HAND_OVER.toNanos();
        look();
        try {
            while (ledgers.inFlight(partitions) > 0 && System.nanoTime() < until) {
                Thread.sleep(5);
                look();
            }
            Map<TopicPartition, OffsetAndMetadata> offsets = ledgers.toCommit(partitions);
            if (!offsets.isEmpty()) {
                consumer.commitSync(offsets, Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            LOG.warnf("group=%s the last commit failed, events will be delivered again: %s", group, e.toString());
        } finally {
            ledgers.forget(partitions);
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        ledgers.forget(partitions);
    }

    void forgetAll() {
        ledgers.forget(ledgers.partitions());
    }
}
