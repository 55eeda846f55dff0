package dev.trunkline.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.CallId;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members that divide partitions between them, each with a tail that reads what it has to, on a real broker. */
class OwnedPartitionsTest extends KafkaTests {
    private static final Set<Integer> ALL = Set.of(0, 1, 2, 3);
    private String group;

    @BeforeEach
    void anotherGroup() {
        group = fresh("owners");
    }

    /** A member that owns and reads partitions as an edge does. */
    private final class Member implements AutoCloseable {
        private final Map<String, ConcurrentLinkedQueue<Integer>> heard = new ConcurrentHashMap<>();
        final KeptPartitions kept =
                new KeptPartitions(List.of(Topics.EVENTS, Topics.COMMANDS), () -> PARTITIONS, System::nanoTime);
        final TopicTail tail;
        private final OwnedPartitions owned;

        Member(String instance) {
            tail = new TopicTail(kafka, instance, List.of(Topics.EVENTS, Topics.COMMANDS), new TopicTail.From.Now(), this::hear,
                    kept, ContainedFaults.logged()).start();
            owned = new OwnedPartitions(kafka, group, instance, kept::own, ContainedFaults.logged()).start();
        }

        private void hear(ConsumerRecord<String, byte[]> message) {
            heard.computeIfAbsent(message.key(), first -> new ConcurrentLinkedQueue<>()).add(decoded(message));
        }

        List<Integer> heard(CallId call) {
            return List.copyOf(heard.getOrDefault(call.toString(), new ConcurrentLinkedQueue<>()));
        }

        boolean settled() {
            return !kept.owned().isEmpty() && tail.reads().equals(kept.owned());
        }

        CallId newCall() {
            return Stream.generate(KafkaTests::newCall)
                    .filter(call -> kept.owned().contains(CallPartition.of(call.toString(), PARTITIONS)))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            owned.close();
            tail.close();
        }
    }

    private static int decoded(ConsumerRecord<String, byte[]> message) {
        try {
            return number(CallEventCodec.decode(message).orElseThrow());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Member member(String instance) {
        return closing(new Member(instance));
    }

    private static Set<Integer> union(Member... members) {
        var union = new HashSet<Integer>();
        Stream.of(members).forEach(member -> union.addAll(member.kept.owned()));
        return union;
    }

    @Test
    void theFunctionIsTheOneByWhichAProducerChooses() throws Exception {
        Map<String, Integer> partitions = new ConcurrentHashMap<>();
        TopicTail tail = closing(new TopicTail(kafka, fresh("tail"), List.of(Topics.EVENTS), new TopicTail.From.Now(),
                message -> partitions.put(message.key(), message.partition()))).start();
        tail.caughtUp().toCompletableFuture().get(20, SECONDS);
        CallEventPublisher publisher = publisher();
        for (int i = 0; i < 50; i++) {
            publish(publisher, key(newCall(), i));
        }
        tail.readToEnd().toCompletableFuture().get(20, SECONDS);
        assertThat(partitions).hasSize(50);
        partitions.forEach((key, partition) -> assertThat(CallPartition.of(key, PARTITIONS)).isEqualTo(partition));
    }

    @Test
    void oneMemberHasAllAndASecondTakesHalfOfThem() throws Exception {
        Member first = member(fresh("edge"));
        eventually("all are its own", () -> first.settled() && first.kept.owned().equals(ALL));
        Member second = member(fresh("edge"));
        eventually("each has two", () -> first.kept.owned().size() == 2 && second.kept.owned().size() == 2);
        assertThat(union(first, second)).isEqualTo(ALL);
        eventually("each reads what is its own, and no more once the while is over", () -> first.settled() && second.settled());
        second.close();
        eventually("who closes gives them back at once", () -> first.kept.owned().equals(ALL) && first.settled());
    }

    @Test
    void whoLosesAPartitionWithACallInItReadsItUntilThatIsOverAndMissesNothing() throws Exception {
        CallEventPublisher publisher = publisher();
        Member first = member(fresh("edge"));
        eventually("all are its own", () -> first.settled() && first.kept.owned().equals(ALL));
        Map<Integer, CallId> calls = new ConcurrentHashMap<>();
        while (calls.size() < PARTITIONS) {
            CallId call = newCall();
            calls.putIfAbsent(CallPartition.of(call.toString(), PARTITIONS), call);
        }
        calls.values().forEach(call -> first.kept.begin(call.toString()));
        // Events arrive all the time while the second member joins, takes its part and leaves.
        int rounds = 0;
        Member second = member(fresh("edge"));
        long until = System.nanoTime() + KeptPartitions.LOST.multipliedBy(2).toNanos();
        while (System.nanoTime() < until) {
            for (CallId call : calls.values()) {
                publish(publisher, key(call, rounds));
            }
            rounds++;
            Thread.sleep(50);
        }
        assertThat(first.kept.owned()).as("the second has its part").hasSize(2);
        assertThat(second.kept.owned()).hasSize(2);
        first.tail.readToEnd().toCompletableFuture().get(20, SECONDS);
        List<Integer> all = IntStream.range(0, rounds).boxed().toList();
        for (CallId call : calls.values()) {
            assertThat(first.heard(call)).as("each event once and in order, partition %d",
                    CallPartition.of(call.toString(), PARTITIONS)).isEqualTo(all);
        }
        assertThat(first.tail.reads()).isEqualTo(ALL);
        // A call that begins at the second member is the second's alone, although the first still reads that partition.
        CallId younger = second.newCall();
        second.kept.begin(younger.toString());
        eventually("the second reads its own", second::settled);
        publish(publisher, key(younger, 7));
        eventually("it is heard", () -> second.heard(younger).equals(List.of(7)));

        calls.values().forEach(call -> first.kept.end(call.toString()));
        eventually("only its own are read from then on", first::settled);
        long before = first.tail.read();
        publish(publisher, key(younger, 8));
        eventually("it is heard", () -> second.heard(younger).equals(List.of(7, 8)));
        first.tail.readToEnd().toCompletableFuture().get(20, SECONDS);
        assertThat(first.tail.read()).isEqualTo(before);
    }

    @Test
    void withKafkaAwayTheLastSetStaysAndSoItDoesAfterwards() throws Exception {
        Member first = member(fresh("edge"));
        Member second = member(fresh("edge"));
        eventually("each has two", () -> first.settled() && second.settled()
                && first.kept.owned().size() == 2 && second.kept.owned().size() == 2);
        broker.stop();
        try {
            eventually("both are deaf", () -> !first.tail.reading() && !second.tail.reading());
            // Longer than the brokers would wait for a member.
            long until = System.nanoTime() + SECONDS.toNanos(7);
            while (System.nanoTime() < until) {
                assertThat(union(first, second)).isEqualTo(ALL);
                Thread.sleep(50);
            }
        } finally {
            broker.startAgain();
        }
        eventually("both hear", () -> first.tail.deafFor().isZero() && second.tail.deafFor().isZero());
        eventually("all belong to somebody", () -> union(first, second).equals(ALL) && first.settled() && second.settled());
        CallId call = second.newCall();
        publish(publisher(), key(call, 1));
        eventually("it is heard", () -> second.heard(call).equals(List.of(1)));
    }

    @Test
    void aRestartedMemberHasWhatItHad() throws Exception {
        String instance = fresh("edge");
        Member other = member(fresh("edge"));
        Member first = member(instance);
        eventually("each has two", () -> first.kept.owned().size() == 2 && other.kept.owned().size() == 2);
        Set<Integer> had = first.kept.owned();
        // The same instance name, as used by a process that is back before it was missed.
        Member again = member(instance);
        eventually("it has them", () -> again.kept.owned().equals(had));
        eventually("the one before it is told that it is replaced", () -> !first.owned.healthy());
        assertThat(again.owned.healthy()).isTrue();
        assertThat(first.kept.owned()).as("what it had it keeps: its calls are there").isEqualTo(had);
    }

    @Test
    void topicsWithDifferentNumbersOfPartitionsAreSaidSo() throws Exception {
        String topic = fresh("other-topic");
        try (Admin admin = Admin.create(kafka.properties())) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS + 1, (short) 1))).all().get(20, SECONDS);
        }
        TopicTail tail = closing(new TopicTail(kafka, fresh("tail"), List.of(Topics.EVENTS, topic), new TopicTail.From.Now(),
                message -> {}, Map::of, ContainedFaults.logged())).start();
        Thread.sleep(500);
        assertThat(tail.healthy()).isFalse();
        assertThatThrownBy(() -> TopicSetup.requireEqual(Map.of(Topics.EVENTS, 4, Topics.COMMANDS, 3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call-commands=3")
                .hasMessageContaining("call-events=4");
    }
}
