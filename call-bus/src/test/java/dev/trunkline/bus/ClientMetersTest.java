package dev.trunkline.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.Topics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The metrics of Kafka's clients are exposed while the clients are open, and no longer. */
class ClientMetersTest extends KafkaTests {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private KafkaAddress metered() {
        return kafka.metered(registry);
    }

    private Set<String> clients() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getTag("client.id"))
                .collect(Collectors.toSet());
    }

    private List<String> shown() {
        return registry.getMeters().stream().map(Meter::getId).map(Object::toString).toList();
    }

    private long named(String beginning, String client) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith(beginning) && client.equals(id.getTag("client.id")))
                .count();
    }

    @Test
    void eachKindOfClientIsShownUnderItsNameUntilItIsClosed() throws Exception {
        var publisher = new CallEventPublisher(metered(), "edge-1-events", ContainedFaults.logged());
        publish(publisher, key(newCall(), 1));
        var tail = new TopicTail(
                metered(), "edge-1-calls", List.of(Topics.EVENTS, Topics.COMMANDS), new TopicTail.From.Beginning(), message -> {},
                ContainedFaults.logged()).start();
        tail.caughtUp().toCompletableFuture().get(20, SECONDS);
        var group = new CallEventGroup(
                metered(), fresh("group"), "relay-1", Set.of(DtmfReceived.class), envelope -> CompletableFuture.completedStage(null),
                publisher, ContainedFaults.logged()).start();
        assertThat(group.awaitAssigned(Duration.ofSeconds(20))).isTrue();
        var owned = new OwnedPartitions(metered(), fresh("owned"), "edge-1", partitions -> {}, ContainedFaults.logged()).start();
        KafkaAdmin admin = metered().admin("limiter-1-probe");

        assertThat(named("kafka.producer.record.send.total", "edge-1-events")).isPositive();
        assertThat(named("kafka.consumer.fetch.manager.records.lag.max", "edge-1-calls")).isPositive();
        assertThat(named("kafka.admin.client.", "limiter-1-probe")).isPositive();
        eventually("all five are shown", () -> clients().size() == 5);
        assertThat(clients()).anyMatch(id -> id.startsWith("relay-1-group")).anyMatch(id -> id.startsWith("edge-1-owned"));

        tail.close();
        assertThat(clients()).doesNotContain("edge-1-calls");
        group.close();
        owned.close();
        admin.close(Duration.ofSeconds(1));
        publisher.close();
        assertThat(shown()).isEmpty();
    }

    @Test
    void aTailThatComesAndGoesLeavesNothingBehind() throws Exception {
        try (var stays = new TopicTail(
                metered(), "router-1-live-calls", List.of(Topics.LIVE_CALLS), new TopicTail.From.Beginning(), message -> {},
                ContainedFaults.logged()).start()) {
            stays.caughtUp().toCompletableFuture().get(20, SECONDS);
            List<String> before = shown();
            int threads = binders();
            assertThat(before).isNotEmpty();
            for (int time = 0; time < 5; time++) {
                try (var comes = new TopicTail(
                        metered(), "router-1-trunks", List.of(Topics.TRUNKS), new TopicTail.From.Beginning(), message -> {},
                        ContainedFaults.logged()).start()) {
                    comes.caughtUp().toCompletableFuture().get(20, SECONDS);
                    assertThat(clients()).containsExactlyInAnyOrder("router-1-live-calls", "router-1-trunks");
                }
            }
            assertThat(shown()).containsExactlyInAnyOrderElementsOf(before);
            eventually("no thread is left of those that went", () -> binders() == threads);
        }
        assertThat(shown()).isEmpty();
    }

    /** Counts the binder's threads: one for each client, which checks once a minute for metrics that the client has added since. */
    private static int binders() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("micrometer-kafka-metrics"))
                .count();
    }

    @Test
    void toolsShowNothing() {
        new CallEventPublisher(kafka, "tool").close();
        assertThat(shown()).isEmpty();
    }
}
