package dev.trunkline.local;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * The nodes of one Kafka. Each is a broker and one of the controllers that elect their leader, and has an id, counted from 1 in this order.
 * With three nodes, every record is on all of them and is acknowledged once two have it, so one node may be lost.
 */
public record KafkaNodes(List<Node> nodes) {
    private static final int MOST_COPIES = 3;

    /**
     * @param host the address on which it listens, and at which the others and the clients reach it
     * @param port of the broker
     * @param controllerPort of the controller
     */
    public record Node(String host, int port, int controllerPort) {
        /** @throws IllegalArgumentException unless the text is {@code host:port:controllerPort} */
        static Node parse(String text) {
            String[] parts = text.split(":", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("\"" + text + "\" is no node of Kafka: write host:port:controllerPort");
            }
            return new Node(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }

        /** Returns the address that clients use. */
        public String address() {
            return host + ":" + port;
        }

        @Override
        public String toString() {
            return address() + ":" + controllerPort;
        }
    }

    public KafkaNodes {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a Kafka has at least one node");
        }
    }

    /** Returns one node on loopback. */
    static KafkaNodes alone(int port, int controllerPort) {
        return new KafkaNodes(List.of(new Node("127.0.0.1", port, controllerPort)));
    }

    /** Reads what {@link #toString} writes: {@code host:port:controllerPort}, and so on, with commas in between. */
    static KafkaNodes parse(String text) {
        List<Node> nodes = new ArrayList<>();
        for (String node : text.split(",", -1)) {
            nodes.add(Node.parse(node));
        }
        return new KafkaNodes(nodes);
    }

    /** Returns what the clients' {@code bootstrap.servers} needs. */
    public String bootstrapServers() {
        return nodes.stream().map(Node::address).collect(Collectors.joining(","));
    }

    /** Returns how many nodes have a copy of each record. */
    public short copies() {
        return (short) Math.min(MOST_COPIES, nodes.size());
    }

    /** Returns how many of them must have a record before it is acknowledged: all but one. */
    int copiesInSync() {
        return Math.max(1, copies() - 1);
    }

    /** Returns the id of the cluster, which every node must format its folder with: a single node needs no agreed one. */
    String clusterId() {
        if (nodes.size() == 1) {
            return Uuid.randomUuid().toString();
        }
        UUID name = UUID.nameUUIDFromBytes(toString().getBytes(StandardCharsets.UTF_8));
        return new Uuid(name.getMostSignificantBits(), name.getLeastSignificantBits()).toString();
    }

    /** Returns the settings by which a node finds the others, and by which records are copied. The listeners are BROKER and CONTROLLER. */
    Map<String, String> properties(int id) {
        Node own = nodes.get(id - 1);
        Map<String, String> properties = new HashMap<>();
        properties.put("node.id", Integer.toString(id));
        properties.put("listeners", "BROKER://%s,CONTROLLER://%s:%d".formatted(own.address(), own.host(), own.controllerPort()));
        properties.put("advertised.listeners", "BROKER://" + own.address());
        properties.put("controller.quorum.voters", IntStream.rangeClosed(1, nodes.size())
                .mapToObj(n -> "%d@%s:%d".formatted(n, nodes.get(n - 1).host(), nodes.get(n - 1).controllerPort()))
                .collect(Collectors.joining(",")));
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.put(topic + ".replication.factor", Integer.toString(copies()));
        }
        for (String least : List.of("min.insync.replicas", "transaction.state.log.min.isr", "share.coordinator.state.topic.min.isr")) {
            properties.put(least, Integer.toString(copiesInSync()));
        }
        if (nodes.size() == 1) {
            properties.put("offsets.topic.num.partitions", "1");
            properties.put("transaction.state.log.num.partitions", "1");
        }
        return properties;
    }

    @Override
    public String toString() {
        return nodes.stream().map(Node::toString).collect(Collectors.joining(","));
    }
}
