package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BoundedPollTest {
    private static final TopicPartition PARTITION = new TopicPartition("events", 0);

    /** Behaves like Kafka's own consumer if the clock has been set back by an hour. */
    private static final class Stuck extends MockConsumer<String, byte[]> {
        private final CountDownLatch woken = new CountDownLatch(1);

        Stuck() {
            super("earliest");
        }

        @Override
        public synchronized ConsumerRecords<String, byte[]> poll(Duration atMost) {
            try {
                woken.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new WakeupException();
        }

        @Override
        public void wakeup() {
            woken.countDown();
        }
    }

    @Test
    @Timeout(30)
    void aPollThatDoesNotEndIsEnded() {
        try (var stuck = new Stuck()) {
            assertThat(BoundedPoll.of(stuck, Duration.ofMillis(10)).isEmpty()).isTrue();
        }
    }

    @Test
    void whatComesInTimeIsHandedOnAndNobodyIsWoken() {
        try (var consumer = new MockConsumer<String, byte[]>("earliest")) {
            consumer.assign(List.of(PARTITION));
            consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
            consumer.addRecord(new ConsumerRecord<>("events", 0, 0, "key", new byte[0]));
            assertThat(BoundedPoll.of(consumer, Duration.ofMillis(10)).count()).isEqualTo(1);
            assertThat(BoundedPoll.of(consumer, Duration.ofMillis(10)).isEmpty()).isTrue();
        }
    }
}
