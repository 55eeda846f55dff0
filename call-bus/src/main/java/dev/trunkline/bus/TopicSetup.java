package dev.trunkline.bus;

import dev.trunkline.events.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the suite's topics where they are missing. */
public final class TopicSetup {
    private TopicSetup() {}

    /** Topics whose partitions n belong together: an edge reads them as one. */
    private static final List<String> TOGETHER = List.of(Topics.EVENTS, Topics.COMMANDS);

    /**
     * @throws IllegalStateException if {@code call-events} and {@code call-commands} do not have the same number of partitions
     * @param partitions of the call topics: at most this many replicas of a service share the calls
     * @param replicas copies of each partition; 1 on a single broker
     */
    public static void ensure(KafkaAddress kafka, int partitions, short replicas)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(kafka.adminProperties("topic-setup"))) {
            Set<String> present = new HashSet<>(admin.listTopics().names().get());
            List<NewTopic> missing = List.of(
                            new NewTopic(Topics.EVENTS, partitions, replicas).configs(keptFor(Duration.ofDays(7))),
                            new NewTopic(Topics.COMMANDS, partitions, replicas).configs(keptFor(Duration.ofDays(1))),
                            new NewTopic(Topics.CALL_MESSAGES, partitions, replicas).configs(keptFor(Duration.ofDays(1))),
                            new NewTopic(Topics.DEAD_LETTERS, 1, replicas).configs(keptFor(Duration.ofDays(30))),
                            new NewTopic(Topics.TRUNKS, 1, replicas).configs(Map.of("cleanup.policy", "compact")),
                            new NewTopic(Topics.OUTBOUND_TRUNKS, 1, replicas).configs(Map.of("cleanup.policy", "compact")),
                            // Compacted every few minutes: published again every half minute, and only the latest record counts.
                            new NewTopic(Topics.OUTBOUND_STATES, 1, replicas)
                                    .configs(Map.of("cleanup.policy", "compact", "segment.ms", "300000")),
                            new NewTopic(Topics.WARM_POOLS, 1, replicas).configs(Map.of("cleanup.policy", "compact")),
                            new NewTopic(Topics.SOUNDS, 1, replicas).configs(Map.of("cleanup.policy", "compact")),
                            // Compacted as often: most calls are over after minutes.
                            new NewTopic(Topics.LIVE_CALLS, partitions, replicas)
                                    .configs(Map.of("cleanup.policy", "compact", "segment.ms", "300000")),
                            // Compacted every few minutes: a relay publishes every second, and only its latest record counts.
                            new NewTopic(Topics.RELAYS, 1, replicas)
                                    .configs(Map.of("cleanup.policy", "compact", "segment.ms", "300000")))
                    .stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .toList();
            try {
                admin.createTopics(missing).all().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
            // Brokers may not know yet about topics that were created a moment ago.
            Map<String, Integer> counts = TOGETHER.stream().collect(Collectors.toMap(topic -> topic, topic -> partitions));
            admin.describeTopics(TOGETHER.stream().filter(present::contains).toList()).allTopicNames().get()
                    .forEach((topic, found) -> counts.put(topic, found.partitions().size()));
            requireEqual(counts);
        }
    }

    /** @throws IllegalStateException with a message that says what to do, if one topic has more partitions than another */
    static void requireEqual(Map<String, Integer> counts) {
        if (Set.copyOf(counts.values()).size() > 1) {
            throw new IllegalStateException("the topics have different numbers of partitions, %s: a call's events and commands are read together, "
                    .formatted(new TreeMap<>(counts))
                    + "so raise the smaller numbers (kafka-topics.sh --alter --partitions) while there are no calls");
        }
    }

    private static Map<String, String> keptFor(Duration time) {
        return Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(time.toMillis()));
    }
}
