package dev.trunkline.edge.whole;

import dev.trunkline.events.kafka.KafkaAddress;
import dev.trunkline.events.kafka.TopicSetup;
import dev.trunkline.local.KafkaBroker;
import java.nio.file.Path;

/** A broker with the suite's topics. */
final class KafkaOfTests implements AutoCloseable {
    private final KafkaBroker broker;
    final KafkaAddress address;

    KafkaOfTests(Path folder, int port) throws Exception {
        broker = KafkaBroker.start(folder, port);
        address = KafkaAddress.of("127.0.0.1:" + port);
        TopicSetup.ensure(address, 3, (short) 1);
    }

    @Override
    public void close() {
        broker.close();
    }
}
