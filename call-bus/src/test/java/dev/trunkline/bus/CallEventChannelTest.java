package dev.trunkline.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** A member that SmallRye polls. */
class CallEventChannelTest extends KafkaTests {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ContainedFaults faults = new ContainedFaults(registry);

    private CallEventChannel channel(String group, String instance, EventHandler handler) throws InterruptedException {
        return channel(group, instance, handler, ChannelByHand.with(ChannelByHand.SETTINGS));
    }

    private CallEventChannel channel(String group, String instance, EventHandler handler, ChannelByHand connection)
            throws InterruptedException {
        CallEventChannel member = closing(new CallEventChannel(
                kafka, group, instance, Set.of(DtmfReceived.class), handler, publisher(), faults, connection));
        member.start();
        assertThat(member.awaitAssigned(Duration.ofSeconds(30))).isTrue();
        return member;
    }

    @Test
    void eventsOfEachOfAHundredCallsThatComeAmongEachOtherComeInOrder() throws Exception {
        Map<CallId, List<Integer>> seen = new ConcurrentHashMap<>();
        String group = fresh("group");
        channel(group, fresh("member"), envelope -> {
            Thread.sleep(1);
            seen.computeIfAbsent(envelope.callId(), call -> new CopyOnWriteArrayList<>()).add(number(envelope));
            return DONE;
        });
        CallEventPublisher publisher = publisher();
        List<CallId> calls = IntStream.range(0, 100).mapToObj(i -> newCall()).toList();
        for (int number = 0; number < 20; number++) {
            for (CallId call : calls) {
                publisher.publish(key(call, number));
            }
        }
        List<Integer> inOrder = IntStream.range(0, 20).boxed().toList();
        for (CallId call : calls) {
            eventually("all of " + call, () -> seen.getOrDefault(call, List.of()).size() == 20);
            assertThat(seen.get(call)).isEqualTo(inOrder);
        }
        eventually("all are committed", () -> partitionsOf(calls).allMatch(partition -> isCommitted(group, partition)));
    }

    @Test
    void nothingIsCommittedPastAnOpenEventAndMoreThanMayBeInHandPassesByIt() throws Exception {
        String group = fresh("group");
        CallId open = newCall();
        CallId closed = inPartition(partitionOf(open).partition());
        CompletableFuture<Void> stage = new CompletableFuture<>();
        List<Integer> handled = new CopyOnWriteArrayList<>();
        channel(group, fresh("member"), envelope -> {
            if (envelope.callId().equals(open)) {
                return stage;
            }
            if (envelope.callId().equals(closed)) {
                handled.add(number(envelope));
            }
            return DONE;
        });
        CallEventPublisher publisher = publisher();
        long offset = end(partitionOf(open));
        publish(publisher, key(open, 0));
        int more = Room.MOST + 500;
        for (int number = 0; number < more; number++) {
            publisher.publish(key(closed, number));
        }
        eventually("those of the other call", () -> handled.size() == more);
        // Three commits would have happened by now.
        Thread.sleep(600);
        assertThat(committed(group, partitionOf(open))).isBetween(-1L, offset);
        stage.complete(null);
        eventually("the commit catches up", () -> isCommitted(group, open));
    }

    @Test
    void whoHasTooManyInHandTakesNoMoreUntilSomeAreDoneAndThenAllCome() throws Exception {
        Set<CompletableFuture<Void>> open = ConcurrentHashMap.newKeySet();
        Set<CallId> taken = ConcurrentHashMap.newKeySet();
        CountDownLatch goOn = new CountDownLatch(1);
        channel(fresh("group"), fresh("member"), envelope -> {
            taken.add(envelope.callId());
            if (goOn.getCount() == 0) {
                return DONE;
            }
            var stage = new CompletableFuture<Void>();
            open.add(stage);
            return stage;
        });
        CallEventPublisher publisher = publisher();
        List<CallId> calls = IntStream.range(0, Room.MOST + 1_000).mapToObj(i -> newCall()).toList();
        calls.forEach(call -> publisher.publish(key(call, 1)));
        eventually("as many as may be", () -> taken.size() > Room.MOST);
        Thread.sleep(500);
        assertThat(taken).hasSize(Room.MOST + 1);
        goOn.countDown();
        open.forEach(stage -> stage.complete(null));
        eventually("all", () -> taken.containsAll(calls));
    }

    /** Here the channel is full nearly all the time, and each handler that returns lets one event in, from its own thread. */
    @Test
    void aChannelThatIsFullFromTheFirstEventToTheLastNeverStopsReading() throws Exception {
        Map<CallId, Integer> taken = new ConcurrentHashMap<>();
        channel(fresh("group"), fresh("member"), envelope -> {
            Thread.sleep(1);
            taken.merge(envelope.callId(), 1, Integer::sum);
            return DONE;
        });
        CallEventPublisher publisher = publisher();
        List<CallId> calls = IntStream.range(0, 100).mapToObj(i -> newCall()).toList();
        for (int number = 0; number < 400; number++) {
            for (CallId call : calls) {
                publisher.publish(key(call, number));
            }
        }
        eventually("all", () -> calls.stream().allMatch(call -> taken.getOrDefault(call, 0) == 400));
    }

    @Test
    void whatCannotBeReadOrHandledIsADeadLetterAndItsNeighboursGoOn() throws Exception {
        List<ConsumerRecord<String, byte[]>> letters = new CopyOnWriteArrayList<>();
        closing(new TopicTail(kafka, fresh("tail"), List.of(Topics.DEAD_LETTERS), new TopicTail.From.Beginning(),
                        letters::add))
                .start();
        String group = fresh("group");
        List<Integer> handled = new CopyOnWriteArrayList<>();
        CallId call = newCall();
        CallId neighbour = inPartition(partitionOf(call).partition());
        CallEventChannel member = channel(group, fresh("member"), envelope -> {
            if (envelope.callId().equals(neighbour)) {
                handled.add(number(envelope));
                return DONE;
            }
            if (!envelope.callId().equals(call)) {
                return DONE;
            }
            return switch (number(envelope)) {
                case 1 -> throw new StackOverflowError("an error");
                case 2 -> CompletableFuture.failedFuture(new OutOfMemoryError("failed later"));
                default -> DONE;
            };
        });
        CallEventPublisher publisher = publisher();
        publish(publisher, key(call, 1));
        publish(publisher, key(neighbour, 1));
        publish(publisher, key(call, 2));
        publish(publisher, envelopes.first(new CallHeld(neighbour), Envelope.Owners.NONE));
        ProducerRecord<String, byte[]> garbage = CallEventCodec.encode(key(call, 5));
        var cut = new ProducerRecord<>(garbage.topic(), garbage.key(), "{\"callId\":".getBytes());
        garbage.headers().forEach(cut.headers()::add);
        publisher.send(cut).toCompletableFuture().get(20, SECONDS);
        var nobodys = new ProducerRecord<String, byte[]>(Topics.EVENTS, partitionOf(call).partition(), null, null);
        garbage.headers().forEach(nobodys.headers()::add);
        publisher.send(nobodys).toCompletableFuture().get(20, SECONDS);
        publish(publisher, key(neighbour, 2));
        eventually("the good ones among the bad", () -> handled.equals(List.of(1, 2)));
        eventually("the letters", () -> ofGroup(letters, group).size() == 4);
        assertThat(ofGroup(letters, group))
                .extracting(letter -> CallEventCodec.text(letter.headers(), DeadLetters.REASON).orElseThrow())
                .contains(
                        "handling failed: java.lang.StackOverflowError: an error",
                        "handling failed: java.lang.OutOfMemoryError: failed later",
                        "the data is not a DtmfReceived");
        assertThat(ofGroup(letters, group)).filteredOn(letter -> call.toString().equals(letter.key()))
                .hasSize(3)
                .allSatisfy(letter -> assertThat(letter.headers().toArray())
                        .extracting(header -> header.key())
                        .as("none of the connector's")
                        .noneMatch(name -> name.contains("smallrye")));
        eventually("the partition goes on", () -> isCommitted(group, call));
        assertThat(registry.get("trunkline.contained.faults").tag("where", "event-handler").counter().count()).isEqualTo(2);
        assertThat(member.reading()).isTrue();
    }

    @Test
    void whatWaitsToBeHandedOnIsNotHeard() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CallEventChannel member = channel(fresh("group"), fresh("member"), envelope -> {
            var stage = new CompletableFuture<Void>();
            Thread.startVirtualThread(() -> {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                stage.complete(null);
            });
            return stage;
        });
        eventually("it hears", member::reading);
        CallEventPublisher publisher = publisher();
        for (int number = 0; number < Room.MOST + 100; number++) {
            publisher.publish(key(newCall(), number));
        }
        eventually("it is deaf, though all is polled", () -> !member.reading());
        assertThat(member.deafFor()).isGreaterThan(ReadProgress.READING);
        goOn.countDown();
        eventually("it hears again", () -> member.deafFor().isZero());
    }

    @Test
    void aClosedMemberFinishesWhatItHasAndLeavesAtOnce() throws Exception {
        String group = fresh("group");
        String instance = fresh("member");
        CallId call = newCall();
        CompletableFuture<Void> taken = new CompletableFuture<>();
        CallEventChannel first = channel(group, instance, envelope -> {
            if (envelope.callId().equals(call)) {
                taken.complete(null);
                Thread.sleep(200);
            }
            return DONE;
        });
        publish(publisher(), key(call, 1));
        taken.get(20, SECONDS);
        first.close();
        assertThat(isCommitted(group, call)).as("what it had in hand").isTrue();
        assertThat(members(group)).as("members when it has closed").isEmpty();
    }

    @Test
    void membersShareTheCallsAndWhatOneGivesUpComesToTheOther() throws Exception {
        String group = fresh("group");
        Set<CallId> byFirst = ConcurrentHashMap.newKeySet();
        Set<CallId> bySecond = ConcurrentHashMap.newKeySet();
        CallEventChannel first = channel(group, fresh("member"), collect(byFirst));
        // The other type of reader joins the same group.
        group(group, fresh("member"), collect(bySecond));
        CallEventPublisher publisher = publisher();
        eventually("both get calls", () -> {
            publisher.publish(key(newCall(), 1));
            return !byFirst.isEmpty() && !bySecond.isEmpty();
        });
        first.close();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            CallId call = inPartition(partition);
            publish(publisher, key(call, 1));
            eventually("the other gets " + call, () -> bySecond.contains(call));
        }
    }

    /** Which of the two gives up is not certain: the connector may poll, and so join, once more before it learns of the other. */
    @Test
    void ofTwoProcessesWithTheSameNameOneGivesUpAndTheOtherHasTheCalls() throws Exception {
        String group = fresh("group");
        String instance = fresh("member");
        Set<CallId> byFirst = ConcurrentHashMap.newKeySet();
        Set<CallId> bySecond = ConcurrentHashMap.newKeySet();
        ChannelByHand ofFirst = ChannelByHand.with(ChannelByHand.SETTINGS);
        ChannelByHand ofSecond = ChannelByHand.with(ChannelByHand.SETTINGS);
        CallEventChannel first = channel(group, instance, collect(byFirst), ofFirst);
        CallEventChannel second = channel(group, instance, collect(bySecond), ofSecond);
        CallEventPublisher publisher = publisher();
        eventually("one gives up", () -> {
            publisher.publish(key(newCall(), 1));
            return !first.healthy() || !second.healthy();
        });
        boolean firstStays = first.healthy();
        assertThat((firstStays ? ofSecond : ofFirst).awaitLost(Duration.ofSeconds(20))).as("it asks for its process to end").isTrue();
        assertThat((firstStays ? ofFirst : ofSecond).awaitLost(Duration.ZERO)).isFalse();
        (firstStays ? second : first).close();
        assertThat(members(group)).as("the other stays").hasSize(1);
        // A group that has not committed anything yet starts with events published after its partitions were assigned, which may be
        // only now.
        Set<CallId> later = ConcurrentHashMap.newKeySet();
        eventually("the other has the calls", () -> {
            CallId call = newCall();
            later.add(call);
            publisher.publish(key(call, 1));
            return !Collections.disjoint(firstStays ? byFirst : bySecond, later);
        });
    }

    private List<String> members(String group) throws Exception {
        try (Admin admin = Admin.create(kafka.properties())) {
            return admin.describeConsumerGroups(List.of(group)).all().get(20, SECONDS).get(group).members().stream()
                    .map(MemberDescription::consumerId)
                    .toList();
        }
    }

    private static EventHandler collect(Set<CallId> calls) {
        return envelope -> {
            calls.add(envelope.callId());
            return DONE;
        };
    }

    private static List<ConsumerRecord<String, byte[]>> ofGroup(
            List<ConsumerRecord<String, byte[]>> letters, String group) {
        return letters.stream()
                .filter(letter -> CallEventCodec.text(letter.headers(), DeadLetters.GROUP).equals(Optional.of(group)))
                .toList();
    }

    private static CallId inPartition(int partition) {
        CallId call = newCall();
        while (partitionOf(call).partition() != partition) {
            call = newCall();
        }
        return call;
    }

    private static TopicPartition partitionOf(CallId call) {
        return new TopicPartition(
                Topics.EVENTS, Utils.toPositive(Utils.murmur2(call.toString().getBytes())) % PARTITIONS);
    }

    private static Stream<TopicPartition> partitionsOf(List<CallId> calls) {
        return calls.stream().map(CallEventChannelTest::partitionOf).distinct();
    }

    private long end(TopicPartition partition) throws Exception {
        try (Admin admin = Admin.create(kafka.properties())) {
            return admin.listOffsets(Map.of(partition, org.apache.kafka.clients.admin.OffsetSpec.latest()))
                    .partitionResult(partition).get(20, SECONDS).offset();
        }
    }

    private boolean isCommitted(String group, CallId call) {
        return isCommitted(group, partitionOf(call));
    }

    private boolean isCommitted(String group, TopicPartition partition) {
        try {
            return committed(group, partition) == end(partition);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
