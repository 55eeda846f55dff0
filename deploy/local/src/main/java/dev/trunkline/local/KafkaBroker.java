package dev.trunkline.local;

import dev.trunkline.local.guard.KafkaGuard;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker and its KRaft controller in this JVM, on loopback, for a machine without Kafka and for tests. Without a guard it asks
 * for no password, so every user of the machine can read and write the events of calls.
 */
public final class KafkaBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final int port;

    private KafkaBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the broker, and keeps the data that an earlier start left in the folder.
     *
     * @param port of the broker; the controller uses any free port
     * @throws IOException if the folder cannot be written
     */
    public static KafkaBroker start(Path folder, int port) throws IOException {
        return start(folder, port, Map.of("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT"));
    }

    /** Starts a broker that authenticates its clients. */
    public static KafkaBroker guarded(Path folder, int port, KafkaGuard guard) throws IOException {
        return start(folder, port, guard.brokerProperties());
    }

    private static KafkaBroker start(Path folder, int port, Map<String, String> security) throws IOException {
        OwnerOnly.folder(folder);
        int controllerPort = Ports.free();
        format(folder, controllerPort);
        var server = new KafkaRaftServer(new KafkaConfig(properties(folder, port, controllerPort, security)), Time.SYSTEM);
        server.startup();
        return new KafkaBroker(server, port);
    }

    private static void format(Path folder, int controllerPort) throws IOException {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .run();
        } catch (Exception e) {
            throw new IOException("Kafka's folder " + folder + " cannot be formatted: " + e.getMessage(), e);
        }
    }

    private static Properties properties(Path folder, int port, int controllerPort, Map<String, String> security) {
        Properties properties = new Properties();
        properties.putAll(security);
        properties.put("node.id", "1");
        properties.put("process.roles", "broker,controller");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "BROKER");
        properties.put(
                "listeners", "BROKER://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "BROKER://127.0.0.1:" + port);
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("log.dirs", folder.toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        // Two threads of each kind are enough for a laptop's calls. The defaults suit a server with many disks.
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "2");
        properties.put("background.threads", "2");
        properties.put("num.recovery.threads.per.data.dir", "1");
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        return properties;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Runs a broker until the process is stopped: {@code KafkaBroker FOLDER PORT [FOLDER-OF-ITS-GUARD]}. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[1]);
        KafkaBroker broker = args.length > 2
                ? guarded(Path.of(args[0]), port, KafkaGuard.load(Path.of(args[2])))
                : start(Path.of(args[0]), port);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        System.out.println("ready " + broker.bootstrapServers());
        Thread.currentThread().join();
    }
}
