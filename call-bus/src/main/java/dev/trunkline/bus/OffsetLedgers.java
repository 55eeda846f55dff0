package dev.trunkline.bus;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The {@link OffsetLedger} of each partition that a member has. Confined to its consumer's thread. */
final class OffsetLedgers {
    private final Map<TopicPartition, OffsetLedger> ledgers = new HashMap<>();

    void started(TopicPartition partition, long offset) {
        ledgers.computeIfAbsent(partition, unseen -> new OffsetLedger()).started(offset);
    }

    /** Ignores a partition that is no longer here: another member gets the event again. */
    void done(TopicPartition partition, long offset) {
        OffsetLedger ledger = ledgers.get(partition);
        if (ledger != null) {
            ledger.done(offset);
        }
    }

    List<TopicPartition> partitions() {
        return List.copyOf(ledgers.keySet());
    }

    int inFlight(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(ledgers::get)
                .mapToInt(ledger -> ledger == null ? 0 : ledger.inFlight())
                .sum();
    }

    int inFlight() {
        return ledgers.values().stream().mapToInt(OffsetLedger::inFlight).sum();
    }

    /** Returns the offsets that have moved since the last call. */
    Map<TopicPartition, OffsetAndMetadata> toCommit(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetLedger ledger = ledgers.get(partition);
            if (ledger != null) {
                ledger.toCommit().ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
            }
        }
        return offsets;
    }

    void commitFailed(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            OffsetLedger ledger = ledgers.get(partition);
            if (ledger != null) {
                ledger.commitFailed();
            }
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(ledgers::remove);
    }
}
