package dev.trunkline.edge.whole;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;

/** A Kafka with the suite's topics that a test can stop and start. */
final class KafkaOfTests implements AutoCloseable {
    private final Backend kafka;
    final KafkaAddress address;

    KafkaOfTests(int port) throws Exception {
        this(port, 3);
    }

    KafkaOfTests(int port, int partitions) throws Exception {
        kafka = Backends.chosen().kafka(port);
        address = KafkaAddress.of(kafka.address());
        TopicSetup.ensure(address, partitions, (short) 1);
    }

    void goAway() throws Exception {
        kafka.stop();
    }

    void comeBack() throws Exception {
        kafka.start();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
