package dev.trunkline.edge.whole;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.local.KafkaBroker;
import java.nio.file.Path;

/** A broker with the suite's topics, that can go away and come back. */
final class KafkaOfTests implements AutoCloseable {
    private final Path folder;
    private final int port;
    private KafkaBroker broker;
    final KafkaAddress address;

    KafkaOfTests(Path folder, int port) throws Exception {
        this(folder, port, 3);
    }

    KafkaOfTests(Path folder, int port, int partitions) throws Exception {
        this.folder = folder;
        this.port = port;
        comeBack();
        address = KafkaAddress.of("127.0.0.1:" + port);
        TopicSetup.ensure(address, partitions, (short) 1);
    }

    void goAway() {
        broker.close();
    }

    void comeBack() throws Exception {
        broker = KafkaBroker.start(folder, port);
    }

    @Override
    public void close() {
        broker.close();
    }
}
