package dev.trunkline.bus;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.SequencedMap;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real broker in this JVM that can be stopped and started on the same port with the same log. */
final class TestBroker implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final int controllerPort;
    private final Optional<Guard> guard;
    private KafkaRaftServer server;

    /**
     * Makes a broker require authentication and authorisation.
     *
     * @param keystore PKCS#12 with the broker's key and certificate
     * @param authority PEM of the authority that issued the certificate
     * @param users with their passwords; the first one may do everything
     */
    record Guard(Path keystore, String keystorePassword, Path authority, SequencedMap<String, String> users) {}

    private TestBroker(Path folder, int port, int controllerPort, Optional<Guard> guard) {
        this.folder = folder;
        this.guard = guard;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    static TestBroker start(Path folder) throws Exception {
        return start(folder, Optional.empty());
    }

    /** Starts a broker whose clients connect by TLS and authenticate by SCRAM. */
    static TestBroker guarded(Path folder, Guard guard) throws Exception {
        return start(folder, Optional.of(guard));
    }

    private static TestBroker start(Path folder, Optional<Guard> guard) throws Exception {
        Files.createDirectories(folder);
        int port = freePair();
        var broker = new TestBroker(folder, port, port + 1, guard);
        broker.format();
        broker.startAgain();
        return broker;
    }

    KafkaAddress address() {
        return KafkaAddress.of("127.0.0.1:" + port);
    }

    void startAgain() {
        server = new KafkaRaftServer(new KafkaConfig(properties()), Time.SYSTEM);
        server.startup();
    }

    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    @Override
    public void close() {
        stop();
    }

    private void format() throws Exception {
        new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .addDirectory(folder.toString())
                .setMetadataLogDirectory(folder.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setScramArguments(guard.stream()
                        .flatMap(secured -> secured.users().entrySet().stream())
                        .map(user -> "SCRAM-SHA-512=[name=%s,password=%s]".formatted(user.getKey(), user.getValue()))
                        .toList())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .run();
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("node.id", "1");
        properties.put("process.roles", "broker,controller");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("log.dirs", folder.toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "2");
        properties.put("background.threads", "2");
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        guard.ifPresent(secured -> guard(properties, secured));
        return properties;
    }

    private void guard(Properties properties, Guard secured) {
        properties.put("listener.security.protocol.map", "GUARDED:SASL_SSL,CONTROLLER:PLAINTEXT");
        properties.put("listeners", "GUARDED://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "GUARDED://127.0.0.1:" + port);
        properties.put("inter.broker.listener.name", "GUARDED");
        properties.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
        properties.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        String first = secured.users().firstEntry().getKey();
        properties.put("listener.name.guarded.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";".formatted(
                        first, secured.users().get(first)));
        properties.put("ssl.keystore.type", "PKCS12");
        properties.put("ssl.keystore.location", secured.keystore().toString());
        properties.put("ssl.keystore.password", secured.keystorePassword());
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.location", secured.authority().toString());
        properties.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // The broker connects anonymously to its controller, which is in this process.
        properties.put("super.users", "User:" + first + ";User:ANONYMOUS");
    }

    /** Returns the first of two adjacent free ports from the range that this module's tests use; the first is even. */
    private static int freePair() throws IOException {
        int first = (int) (System.nanoTime() / 1_000 % 25);
        for (int i = 0; i < 25; i++) {
            int port = 18_000 + (first + i) % 25 * 2;
            try (ServerSocket one = new ServerSocket(port); ServerSocket next = new ServerSocket(port + 1)) {
                return Math.min(one.getLocalPort(), next.getLocalPort());
            } catch (IOException e) {
                // In use by another process; try the next pair.
            }
        }
        throw new IOException("no free pair of ports between 18000 and 18049");
    }
}
