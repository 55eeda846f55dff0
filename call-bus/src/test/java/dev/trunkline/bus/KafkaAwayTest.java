package dev.trunkline.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Topics;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The broker becomes unavailable while everything is in use, and comes back. */
class KafkaAwayTest extends KafkaTests {

    @Test
    void whatIsPublishedMeanwhileArrivesInOrder() throws Exception {
        CallId call = newCall();
        List<Integer> byGroup = new CopyOnWriteArrayList<>();
        List<String> byTail = new CopyOnWriteArrayList<>();
        group("group", "member", envelope -> {
            byGroup.add(number(envelope));
            return CompletableFuture.completedFuture(null);
        });
        closing(new TopicTail(
                        kafka, "tail", List.of(Topics.EVENTS, Topics.COMMANDS), new TopicTail.From.Now(),
                        message -> byTail.add(message.topic())))
                .start().caughtUp().toCompletableFuture().get(20, SECONDS);
        CallEventPublisher publisher = publisher();
        publish(publisher, key(call, 0));
        eventually("the first event", () -> byGroup.equals(List.of(0)) && byTail.size() == 1);

        broker.stop();
        // This publisher has sent nothing yet, and the commands topic is new to both publishers: the client has no metadata.
        CallEventPublisher late = publisher();
        CompletableFuture<Void> first = late.publish(key(newCall(), 1_000)).toCompletableFuture();
        publisher.publish(envelopes.first(
                new EndCall(call, EndReason.REQUESTED, "test", ""), Envelope.Owners.NONE));
        List<CompletableFuture<Void>> written = IntStream.rangeClosed(1, 200)
                .mapToObj(number -> publisher.publish(key(call, number)).toCompletableFuture())
                .toList();
        assertThat(written).noneMatch(CompletableFuture::isDone);
        assertThat(first).isNotDone();
        Thread.sleep(3_000);
        assertThat(written).noneMatch(CompletableFuture::isDone);

        broker.startAgain();
        CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).get(60, SECONDS);
        first.get(60, SECONDS);
        eventually("the group reads on", () -> byGroup.size() >= 202);
        assertThat(byGroup.stream().filter(number -> number < 1_000).distinct().toList())
                .isEqualTo(IntStream.rangeClosed(0, 200).boxed().toList());
        eventually("the tail reads on", () -> byTail.size() >= 203);
        assertThat(byTail).contains(Topics.COMMANDS);
        long end = 202;
        eventually("the group commits again", () -> {
            try {
                return committed("group") == end;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
