package dev.trunkline.system.cluster;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.events.Topics;
import dev.trunkline.local.ChildProcess;
import dev.trunkline.local.KafkaNodes;
import dev.trunkline.local.ReadySign;
import dev.trunkline.local.aot.Jvm;
import dev.trunkline.system.support.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** Three nodes of Kafka, each a process: every record is on all of them, and acknowledged once two have it. */
final class Brokers implements AutoCloseable {
    private static final int COUNT = 3;
    private static final int PORT = 9092;
    private static final int CONTROLLER_PORT = 9192;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final KafkaNodes nodes;
    private final List<ChildProcess> processes = new ArrayList<>();

    Brokers(String address, Path state) {
        this.nodes = new KafkaNodes(IntStream.range(0, COUNT)
                .mapToObj(n -> new KafkaNodes.Node(address, PORT + n, CONTROLLER_PORT + n)).toList());
        for (int id = 1; id <= COUNT; id++) {
            List<String> command = Jvm.kafka().command(
                    List.of(), state.resolve("data/kafka-" + id).toString(), nodes.toString(), Integer.toString(id));
            processes.add(ChildProcess.of("kafka-" + id, command, Map.of(), state.resolve("logs/kafka-" + id + ".log"), new ReadySign.None()));
        }
    }

    void start() throws IOException {
        for (ChildProcess process : processes) {
            process.start();
        }
    }

    String bootstrapServers() {
        return nodes.bootstrapServers();
    }

    KafkaAddress address() {
        return KafkaAddress.of(bootstrapServers());
    }

    short copies() {
        return nodes.copies();
    }

    ChildProcess process(int id) {
        return processes.get(id - 1);
    }

    /** Waits until all are part of the cluster. */
    void awaitAll() {
        try (Admin admin = admin()) {
            Await.until("Kafka has all its nodes", PATIENCE, () -> known(admin) == COUNT);
        }
    }

    private static int known(Admin admin) {
        try {
            return admin.describeCluster().nodes().get().size();
        } catch (ExecutionException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until every node has every record of every topic again. */
    void awaitInSync() {
        try (Admin admin = admin()) {
            Await.until(() -> "every copy is in sync; behind: " + behind(admin), PATIENCE, () -> behind(admin).isEmpty());
        }
    }

    private static List<String> behind(Admin admin) {
        try {
            Map<String, TopicDescription> topics = admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get();
            return topics.values().stream()
                    .filter(topic -> topic.partitions().stream().anyMatch(partition -> partition.isr().size() < COUNT))
                    .map(TopicDescription::name)
                    .toList();
        } catch (ExecutionException e) {
            return List.of(e.getCause().toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the node whose controller leads, which decides what becomes of a lost node's partitions. */
    int leadingController() throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            return admin.describeMetadataQuorum().quorumInfo().get().leaderId();
        }
    }

    /** Returns for how many partitions of {@code call-events} each node is the leader; those without a leader are left out. */
    Map<Integer, Long> leaders() throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            return admin.describeTopics(List.of(Topics.EVENTS)).allTopicNames().get().get(Topics.EVENTS).partitions().stream()
                    .filter(partition -> partition.leader() != null)
                    .collect(Collectors.groupingBy(partition -> partition.leader().id(), Collectors.counting()));
        }
    }

    /** Returns how many records were written to {@code call-events} since it was created. */
    long written(int partitions) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions).boxed()
                .collect(Collectors.toMap(n -> new TopicPartition(Topics.EVENTS, n), n -> OffsetSpec.latest()));
        try (Admin admin = admin()) {
            return admin.listOffsets(ends).all().get().values().stream().mapToLong(end -> end.offset()).sum();
        }
    }

    private Admin admin() {
        return Admin.create(address().adminProperties("cluster-test"));
    }

    @Override
    public void close() {
        processes.forEach(ChildProcess::askToStop);
        processes.forEach(ChildProcess::close);
    }
}
