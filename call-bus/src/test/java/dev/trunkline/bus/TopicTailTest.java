package dev.trunkline.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicTailTest extends KafkaTests {
    private final List<Integer> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        seen.clear();
    }

    private TopicTail tail(TopicTail.From from, CallId call) throws Exception {
        TopicTail tail = closing(new TopicTail(
                kafka, fresh("tail"), List.of(Topics.EVENTS, Topics.COMMANDS), from, message -> {
                    if (call.toString().equals(message.key())) {
                        seen.add(decode(message));
                    }
                }));
        tail.start();
        tail.caughtUp().toCompletableFuture().get(20, SECONDS);
        assertThat(tail.healthy()).isTrue();
        return tail;
    }

    @Test
    void fromTheBeginningItReadsAllAndSaysWhenItHas() throws Exception {
        CallId call = newCall();
        CallEventPublisher publisher = publisher();
        for (int number = 0; number < 50; number++) {
            publish(publisher, key(call, number));
        }
        tail(new TopicTail.From.Beginning(), call);
        assertThat(seen).isEqualTo(IntStream.range(0, 50).boxed().toList());
        publish(publisher, key(call, 50));
        eventually("what comes later too", () -> seen.size() == 51);
    }

    @Test
    void itSaysWhenWhatIsThereNowHasBeenRead() throws Exception {
        CallId call = newCall();
        CallEventPublisher publisher = publisher();
        TopicTail tail = tail(new TopicTail.From.Now(), call);
        for (int round = 1; round <= 5; round++) {
            for (int number = 0; number < 20; number++) {
                publish(publisher, key(call, number));
            }
            CompletableFuture<Void> first = tail.readToEnd().toCompletableFuture();
            CompletableFuture<Void> second = tail.readToEnd().toCompletableFuture();
            CompletableFuture.allOf(first, second).get(20, SECONDS);
            assertThat(seen).hasSize(round * 20);
        }
    }

    @Test
    void anUnhurriedTailLetsRecordsCollect() throws Exception {
        CallId call = newCall();
        Map<Integer, Long> arrivals = new ConcurrentHashMap<>();
        Duration pause = Duration.ofMillis(800);
        TopicTail tail = closing(new TopicTail(
                        kafka, fresh("tail"), List.of(Topics.EVENTS), new TopicTail.From.Now(), message -> {
                            if (call.toString().equals(message.key())) {
                                arrivals.put(decode(message), System.nanoTime());
                            }
                        }))
                .unhurried(pause)
                .start();
        tail.caughtUp().toCompletableFuture().get(20, SECONDS);
        CallEventPublisher publisher = publisher();
        publish(publisher, key(call, 1));
        eventually("the first", () -> arrivals.containsKey(1));
        publish(publisher, key(call, 2));
        publish(publisher, key(call, 3));
        tail.readToEnd().toCompletableFuture().get(20, SECONDS);
        assertThat(arrivals).containsOnlyKeys(1, 2, 3);
        assertThat(arrivals.get(2) - arrivals.get(1)).isGreaterThanOrEqualTo(pause.toNanos());
    }

    @Test
    void fromNowItReadsOnlyWhatComes() throws Exception {
        CallId call = newCall();
        CallEventPublisher publisher = publisher();
        publish(publisher, key(call, 1));
        tail(new TopicTail.From.Now(), call);
        publish(publisher, key(call, 2));
        eventually("the new one", () -> !seen.isEmpty());
        assertThat(seen).containsExactly(2);
    }

    @Test
    void fromATimeItReadsWhatIsNotOlder() throws Exception {
        CallId call = newCall();
        CallEventPublisher publisher = publisher();
        publish(publisher, key(call, 1));
        Thread.sleep(20);
        Instant since = Instant.now();
        Thread.sleep(20);
        publish(publisher, key(call, 2));
        tail(new TopicTail.From.Time(since), call);
        assertThat(seen).containsExactly(2);
    }

    @Test
    void fromATimeThatNothingIsYoungerThanItReadsWhatComes() throws Exception {
        CallId call = newCall();
        CallEventPublisher publisher = publisher();
        publish(publisher, key(call, 1));
        Thread.sleep(20);
        tail(new TopicTail.From.Time(Instant.now()), call);
        assertThat(seen).isEmpty();
        publish(publisher, key(call, 2));
        eventually("the new one", () -> seen.equals(List.of(2)));
    }

    @Test
    void aHandlerThatFailsDoesNotEndIt() throws Exception {
        CallId call = newCall();
        TopicTail tail = closing(new TopicTail(
                kafka, fresh("tail"), List.of(Topics.EVENTS), new TopicTail.From.Now(), message -> {
                    if (call.toString().equals(message.key())) {
                        seen.add(decode(message));
                        throw new IllegalStateException("on purpose");
                    }
                }));
        tail.start().caughtUp().toCompletableFuture().get(20, SECONDS);
        CallEventPublisher publisher = publisher();
        publish(publisher, key(call, 1));
        publish(publisher, key(call, 2));
        eventually("both", () -> seen.equals(List.of(1, 2)));
        assertThat(tail.healthy()).isTrue();
    }

    @Test
    void aTableIsReadWithItsTombstones() throws Exception {
        CallEventPublisher publisher = publisher();
        put(publisher, "a", "1");
        put(publisher, "b", "1");
        put(publisher, "a", "2");
        put(publisher, "b", null);
        put(publisher, "c", "1");
        Map<String, String> table = new ConcurrentHashMap<>();
        TopicTail tail = closing(new TopicTail(
                kafka, fresh("tail"), List.of(Topics.TRUNKS), new TopicTail.From.Beginning(), message -> {
                    if (message.value() == null) {
                        table.remove(message.key());
                    } else {
                        table.put(message.key(), new String(message.value(), StandardCharsets.UTF_8));
                    }
                }));
        tail.start().caughtUp().toCompletableFuture().get(20, SECONDS);
        assertThat(table).isEqualTo(Map.of("a", "2", "c", "1"));
        put(publisher, "c", null);
        eventually("a later tombstone", () -> table.equals(Map.of("a", "2")));
    }

    private static void put(CallEventPublisher publisher, String key, String value) throws Exception {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        publisher.send(new ProducerRecord<>(Topics.TRUNKS, key, bytes)).toCompletableFuture().get(20, SECONDS);
    }

    private static int decode(ConsumerRecord<String, byte[]> message) {
        try {
            return number(CallEventCodec.decode(message).orElseThrow());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
