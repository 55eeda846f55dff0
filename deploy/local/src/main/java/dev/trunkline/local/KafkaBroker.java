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
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker and its KRaft controller in this JVM, for a machine without Kafka and for tests: alone on loopback, or one node of
 * several. Without a guard it asks for no password, so whoever reaches it can read and write the events of calls.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final Map<String, String> OPEN =
            Map.of("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");

    private final KafkaRaftServer server;
    private final String address;

    private KafkaBroker(KafkaRaftServer server, String address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Starts the broker, and keeps the data that an earlier start left in the folder.
     *
     * @param port of the broker; the controller uses any free port
     * @throws IOException if the folder cannot be written
     */
    public static KafkaBroker start(Path folder, int port) throws IOException {
        return start(folder, KafkaNodes.alone(port, Ports.free()), 1, OPEN);
    }

    /**
     * Starts one of several nodes, without a guard. It accepts clients once more than half of the nodes run.
     *
     * @param id 1 for the first of the nodes
     */
    public static KafkaBroker start(Path folder, KafkaNodes nodes, int id) throws IOException {
        return start(folder, nodes, id, OPEN);
    }

    /** Starts a broker that authenticates its clients. */
    public static KafkaBroker guarded(Path folder, int port, KafkaGuard guard) throws IOException {
        return start(folder, KafkaNodes.alone(port, Ports.free()), 1, guard.brokerProperties());
    }

    private static KafkaBroker start(Path folder, KafkaNodes nodes, int id, Map<String, String> security) throws IOException {
        OwnerOnly.folder(folder);
        format(folder, nodes, id);
        var server = new KafkaRaftServer(new KafkaConfig(properties(folder, nodes.properties(id), security)), Time.SYSTEM);
        server.startup();
        return new KafkaBroker(server, nodes.nodes().get(id - 1).address());
    }

    private static void format(Path folder, KafkaNodes nodes, int id) throws IOException {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setNodeId(id)
                    .setClusterId(nodes.clusterId())
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

    private static Properties properties(Path folder, Map<String, String> node, Map<String, String> security) {
        Properties properties = new Properties();
        properties.putAll(security);
        properties.putAll(node);
        properties.put("process.roles", "broker,controller");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "BROKER");
        properties.put("log.dirs", folder.toString());
        properties.put("auto.create.topics.enable", "false");
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
        return address;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /**
     * Runs a broker until the process is stopped: {@code KafkaBroker FOLDER PORT [FOLDER-OF-ITS-GUARD]}, or for one of several nodes
     * {@code KafkaBroker FOLDER HOST:PORT:CONTROLLER-PORT,… ID}.
     */
    public static void main(String[] args) throws Exception {
        KafkaBroker broker = args[1].contains(":")
                ? start(Path.of(args[0]), KafkaNodes.parse(args[1]), Integer.parseInt(args[2]))
                : onLoopback(args);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        System.out.println("ready " + broker.bootstrapServers());
        Thread.currentThread().join();
    }

    private static KafkaBroker onLoopback(String[] args) throws IOException {
        int port = Integer.parseInt(args[1]);
        return args.length > 2
                ? guarded(Path.of(args[0]), port, KafkaGuard.load(Path.of(args[2])))
                : start(Path.of(args[0]), port);
    }
}
