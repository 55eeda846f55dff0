package dev.trunkline.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.junit.jupiter.api.Test;

class CallEventGroupTest extends KafkaTests {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    @Test
    void eventsOfACallComeInOrder() throws Exception {
        Map<CallId, List<Integer>> seen = new ConcurrentHashMap<>();
        group(fresh("group"), fresh("member"), envelope -> {
            Thread.sleep(1);
            seen.computeIfAbsent(envelope.callId(), call -> new CopyOnWriteArrayList<>()).add(number(envelope));
            return DONE;
        });
        CallEventPublisher publisher = publisher();
        List<CallId> calls = IntStream.range(0, 20).mapToObj(i -> newCall()).toList();
        for (int number = 0; number < 25; number++) {
            for (CallId call : calls) {
                publisher.publish(key(call, number));
            }
        }
        List<Integer> inOrder = IntStream.range(0, 25).boxed().toList();
        for (CallId call : calls) {
            eventually("all of " + call, () -> seen.getOrDefault(call, List.of()).size() == 25);
            assertThat(seen.get(call)).isEqualTo(inOrder);
        }
    }

    @Test
    void aHandlerThatWaitsHoldsUpOnlyItsOwnCall() throws Exception {
        CallId slow = newCall();
        CallId quick = samePartition(slow);
        CountDownLatch quickOneCame = new CountDownLatch(1);
        List<Integer> ofSlow = new CopyOnWriteArrayList<>();
        group(fresh("group"), fresh("member"), envelope -> {
            if (envelope.callId().equals(slow)) {
                ofSlow.add(number(envelope));
                assertThat(quickOneCame.await(20, SECONDS)).isTrue();
            } else if (envelope.callId().equals(quick)) {
                assertThat(ofSlow).containsExactly(1);
                quickOneCame.countDown();
            }
            return DONE;
        });
        CallEventPublisher publisher = publisher();
        publish(publisher, key(slow, 1));
        eventually("the slow one is in hand", () -> ofSlow.size() == 1);
        publish(publisher, key(slow, 2));
        publish(publisher, key(quick, 3));
        assertThat(quickOneCame.await(20, SECONDS)).isTrue();
        eventually("the slow call's next event", () -> ofSlow.equals(List.of(1, 2)));
    }

    @Test
    void nothingIsCommittedPastAnOpenEvent() throws Exception {
        String group = fresh("group");
        CallId open = newCall();
        CallId closed = samePartition(open);
        CompletableFuture<Void> stage = new CompletableFuture<>();
        List<Integer> handled = new CopyOnWriteArrayList<>();
        group(group, fresh("member"), envelope -> {
            if (envelope.callId().equals(open)) {
                return stage;
            }
            if (envelope.callId().equals(closed)) {
                handled.add(number(envelope));
            }
            return DONE;
        });
        CallEventPublisher publisher = publisher();
        var written = publisher;
        long offset = endOf(open);
        publish(written, key(open, 0));
        for (int number = 0; number < 2_500; number++) {
            written.publish(key(closed, number));
        }
        eventually("more than may be in hand at once pass by an open one", () -> handled.size() == 2_500);
        Thread.sleep(500);
        assertThat(committed(group, partitionOf(open))).isBetween(-1L, offset);
        stage.complete(null);
        eventually("the commit catches up", () -> uncheckedCommitted(group, open) == offset + 2_501);
    }

    /** Has the partitions as it was told of them. */
    private static final class Told implements PartitionListener {
        final Set<Integer> has = ConcurrentHashMap.newKeySet();
        final Set<Integer> reads = ConcurrentHashMap.newKeySet();
        final Set<Integer> gaveUp = ConcurrentHashMap.newKeySet();

        @Override
        public void assigned(Set<Integer> added) {
            has.addAll(added);
        }

        @Override
        public void reads(int partition, long offset) {
            assertThat(has).contains(partition);
            reads.add(partition);
        }

        @Override
        public void gaveUp(int partition) {
            has.remove(partition);
            gaveUp.add(partition);
        }
    }

    @Test
    void aListenerIsToldOfEachPartitionThatComesAndGoesWhetherOrNotARecordCame() throws Exception {
        String group = fresh("group");
        var first = new Told();
        var second = new Told();
        CallEventGroup one = listening(group, first);
        assertThat(one.awaitAssigned(Duration.ofSeconds(20))).isTrue();
        assertThat(first.has).hasSize(PARTITIONS);
        CallEventGroup two = listening(group, second);
        eventually("each has its half", () -> first.has.size() == PARTITIONS / 2 && second.has.size() == PARTITIONS / 2);
        assertThat(first.has).doesNotContainAnyElementsOf(second.has);
        two.close();
        assertThat(second.has).isEmpty();
        eventually("the first has all again", () -> first.has.size() == PARTITIONS);
        CallId call = newCall();
        publish(publisher(), key(call, 1));
        eventually("a record came", () -> first.reads.contains(partitionOf(call).partition()));
        one.leave();
        eventually("it has none", first.has::isEmpty);
    }

    @Test
    void aLivingMemberThatWasTakenOutGivesUpWhatItHasAndJoinsAgain() throws Exception {
        String group = fresh("group");
        String taken = fresh("member");
        var first = new Told();
        var second = new Told();
        listening(group, fresh("member"), first);
        listening(group, taken, second);
        eventually("each has its half", () -> first.has.size() == PARTITIONS / 2 && second.has.size() == PARTITIONS / 2);
        Set<Integer> half = Set.copyOf(second.has);
        var removal = new MemberRemoval(kafka, "removal", group, Duration.ofSeconds(20));
        removal.remove(taken);
        eventually("it has given up its half", () -> second.gaveUp.containsAll(half));
        eventually("each has half again", () -> first.has.size() == PARTITIONS / 2 && second.has.size() == PARTITIONS / 2);
        assertThatThrownBy(() -> removal.remove("nobody")).hasCauseInstanceOf(UnknownMemberIdException.class);
    }

    private CallEventGroup listening(String group, PartitionListener listener) {
        return listening(group, fresh("member"), listener);
    }

    private CallEventGroup listening(String group, String instance, PartitionListener listener) {
        return closing(new CallEventGroup(
                kafka, group, instance, Set.of(DtmfReceived.class), envelope -> DONE, publisher(), listener,
                ContainedFaults.logged())).start();
    }

    @Test
    void whatIsNotWantedIsPassedOver() throws Exception {
        String group = fresh("group");
        List<Envelope> handled = new CopyOnWriteArrayList<>();
        group(group, fresh("member"), envelope -> {
            handled.add(envelope);
            return DONE;
        });
        CallId call = newCall();
        CallEventPublisher publisher = publisher();
        publish(publisher, envelopes.first(new CallHeld(call), Envelope.Owners.NONE));
        publish(publisher, key(call, 7));
        eventually("the wanted one", () -> handled.stream().anyMatch(e -> e.callId().equals(call)));
        assertThat(handled).filteredOn(e -> e.callId().equals(call)).hasSize(1);
        eventually("both are committed", () -> uncheckedCommitted(group, call) == uncheckedEnd(call));
    }

    @Test
    void whatCannotBeReadOrHandledIsADeadLetterAndStopsNothing() throws Exception {
        List<ConsumerRecord<String, byte[]>> letters = new CopyOnWriteArrayList<>();
        closing(new TopicTail(kafka, fresh("tail"), List.of(Topics.DEAD_LETTERS), new TopicTail.From.Beginning(),
                        letters::add))
                .start();
        String group = fresh("group");
        List<Integer> handled = new CopyOnWriteArrayList<>();
        CallId call = newCall();
        group(group, fresh("member"), envelope -> {
            if (!envelope.callId().equals(call)) {
                return DONE;
            }
            return switch (number(envelope)) {
                case 1 -> throw new IllegalStateException("thrown");
                case 2 -> CompletableFuture.failedFuture(new IllegalStateException("failed later"));
                case 3 -> throw new StackOverflowError("an error");
                case 4 -> null;
                default -> {
                    handled.add(number(envelope));
                    yield DONE;
                }
            };
        });
        CallEventPublisher publisher = publisher();
        for (int number = 1; number <= 4; number++) {
            publish(publisher, key(call, number));
        }
        ProducerRecord<String, byte[]> garbage = CallEventCodec.encode(key(call, 5));
        var cut = new ProducerRecord<>(garbage.topic(), garbage.key(), "{\"callId\":".getBytes());
        garbage.headers().forEach(cut.headers()::add);
        publisher.send(cut).toCompletableFuture().get(20, SECONDS);
        publish(publisher, key(call, 6));
        eventually("the good one after the bad", () -> handled.equals(List.of(6)));
        eventually("the letters", () -> ofGroup(letters, group).size() == 5);
        assertThat(ofGroup(letters, group))
                .extracting(letter -> CallEventCodec.text(letter.headers(), DeadLetters.REASON).orElseThrow())
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).contains("thrown"),
                        reason -> assertThat(reason).isEqualTo(
                                "handling failed: java.lang.IllegalStateException: failed later"),
                        reason -> assertThat(reason).contains("an error"),
                        reason -> assertThat(reason).contains("NullPointerException"),
                        reason -> assertThat(reason).isEqualTo("the data is not a DtmfReceived"));
        assertThat(ofGroup(letters, group)).allSatisfy(letter -> {
            assertThat(letter.key()).isEqualTo(call.toString());
            assertThat(CallEventCodec.typeOf(letter)).hasValue("dev.trunkline.call.dtmf.v1");
        });
        assertThat(ofGroup(letters, group)).anySatisfy(
                letter -> assertThat(letter.value()).isEqualTo("{\"callId\":".getBytes()));
        eventually("the partition goes on", () -> uncheckedCommitted(group, call) == uncheckedEnd(call));
    }

    @Test
    void twoMembersShareTheCalls() throws Exception {
        String group = fresh("group");
        Set<CallId> byFirst = ConcurrentHashMap.newKeySet();
        Set<CallId> bySecond = ConcurrentHashMap.newKeySet();
        group(group, fresh("member"), collect(byFirst));
        group(group, fresh("member"), collect(bySecond));
        CallEventPublisher publisher = publisher();
        eventually("both get calls", () -> {
            publisher.publish(key(newCall(), 1));
            return !byFirst.isEmpty() && !bySecond.isEmpty();
        });
    }

    @Test
    void aMemberThatLeavesGetsNothingUntilItJoinsAgain() throws Exception {
        String group = fresh("group");
        Set<CallId> byFirst = ConcurrentHashMap.newKeySet();
        Set<CallId> bySecond = ConcurrentHashMap.newKeySet();
        CallEventGroup first = group(group, fresh("member"), collect(byFirst));
        group(group, fresh("member"), collect(bySecond));
        CallEventPublisher publisher = publisher();
        first.leave();
        eventually("the second has all partitions", () -> {
            bySecond.clear();
            return publishToAll(publisher).stream().allMatch(call -> awaitBriefly(bySecond, call));
        });
        byFirst.clear();
        for (CallId call : publishToAll(publisher)) {
            eventually("the second gets " + call, () -> bySecond.contains(call));
        }
        assertThat(byFirst).isEmpty();
        first.join();
        eventually("the first gets calls again", () -> {
            publisher.publish(key(newCall(), 1));
            return !byFirst.isEmpty();
        });
    }

    @Test
    void aMemberThatLeavesFinishesWhatItHas() throws Exception {
        String group = fresh("group");
        CallId call = newCall();
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> taken = new CompletableFuture<>();
        CallEventGroup member = group(group, fresh("member"), envelope -> {
            if (envelope.callId().equals(call)) {
                taken.complete(null);
                goOn.await(20, SECONDS);
                done.add("finished");
            }
            return DONE;
        });
        publish(publisher(), key(call, 1));
        taken.get(20, SECONDS);
        member.leave();
        Thread.sleep(600);
        goOn.countDown();
        eventually("the handler is not interrupted", () -> done.equals(List.of("finished")));
    }

    @Test
    void aClosedMemberLeavesItsCallsToTheOthers() throws Exception {
        String group = fresh("group");
        Set<CallId> byFirst = ConcurrentHashMap.newKeySet();
        Set<CallId> bySecond = ConcurrentHashMap.newKeySet();
        CallEventGroup first = group(group, fresh("member"), collect(byFirst));
        group(group, fresh("member"), collect(bySecond));
        first.close();
        CallEventPublisher publisher = publisher();
        for (CallId call : publishToAll(publisher)) {
            eventually("the second gets " + call, () -> bySecond.contains(call));
        }
    }

    private List<CallId> publishToAll(CallEventPublisher publisher) {
        List<CallId> calls = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            CallId call = inPartition(partition);
            calls.add(call);
            publisher.publish(key(call, 1));
        }
        return calls;
    }

    private static boolean awaitBriefly(Set<CallId> calls, CallId call) {
        for (int i = 0; i < 50 && !calls.contains(call); i++) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return calls.contains(call);
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
                .filter(letter -> CallEventCodec.text(letter.headers(), DeadLetters.GROUP).equals(
                        java.util.Optional.of(group)))
                .toList();
    }

    private static CallId samePartition(CallId other) {
        return inPartition(partitionOf(other).partition());
    }

    private static CallId inPartition(int partition) {
        CallId call = newCall();
        while (partitionOf(call).partition() != partition) {
            call = newCall();
        }
        return call;
    }

    private static TopicPartition partitionOf(CallId call) {
        int hash = org.apache.kafka.common.utils.Utils.murmur2(call.toString().getBytes());
        return new TopicPartition(
                Topics.EVENTS, org.apache.kafka.common.utils.Utils.toPositive(hash) % PARTITIONS);
    }

    private long endOf(CallId call) throws Exception {
        try (var admin = org.apache.kafka.clients.admin.Admin.create(kafka.properties())) {
            TopicPartition partition = partitionOf(call);
            return admin.listOffsets(Map.of(partition, org.apache.kafka.clients.admin.OffsetSpec.latest()))
                    .partitionResult(partition).get(20, SECONDS).offset();
        }
    }

    private long uncheckedEnd(CallId call) {
        try {
            return endOf(call);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private long uncheckedCommitted(String group, CallId call) {
        try {
            return committed(group, partitionOf(call));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
