package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.SerialQueue;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.relay.service.TestCalls;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The time that the edge has to respond; the test controls reading from and writing to Kafka. */
class EndRequestTest {
    private static final Duration EDGE_REPLY = Duration.ofMillis(50);

    private final MediaLoop loop = MediaLoop.start("test-loop");
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SerialQueue queue = new SerialQueue(threads, fault -> {});
    private final MockProducer<String, byte[]> kafka =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private final CompletableFuture<Void> heard = new CompletableFuture<>();
    private final CountDownLatch unanswered = new CountDownLatch(1);
    private final EndRequest request = new EndRequest(voice(), () -> Optional.of("sealed"), loop, queue, () -> heard, EDGE_REPLY);

    private CallVoice voice() {
        CallAdmitted admitted = TestCalls.admitted(new CallId(UUID.randomUUID()), "room", "");
        var envelopes = new Envelopes("/test/t", Clock.systemUTC(), UUID::randomUUID);
        return new CallVoice(
                new CallEventPublisher(kafka), envelopes, envelopes.first(admitted, Owners.edge("edge-t")), admitted, "relay-t",
                Clock.systemUTC(), Optional.empty());
    }

    @AfterEach
    void stop() {
        loop.close();
        threads.close();
    }

    private void ask() {
        queue.execute(() -> request.ask(EndReason.ROOM_CLOSED, "test", unanswered::countDown));
    }

    /** Waits until all due work of the queue and the loop is done. */
    private void settle() throws Exception {
        for (int i = 0; i < 3; i++) {
            var done = new CompletableFuture<Void>();
            loop.schedule(EDGE_REPLY.multipliedBy(2), () -> queue.execute(() -> done.complete(null)));
            done.get(10, TimeUnit.SECONDS);
        }
    }

    private void kafkaTakesTheQuestion() throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!kafka.completeNext() && System.nanoTime() < until) {
            Thread.sleep(5);
        }
    }

    @Test
    void whatKafkaDoesNotTakeIsNotTakenForTheEdgesSilence() throws Exception {
        heard.complete(null);
        ask();
        settle();
        assertThat(unanswered.getCount()).isEqualTo(1);
        kafkaTakesTheQuestion();
        assertThat(unanswered.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsNotReadIsNotTakenForTheEdgesSilence() throws Exception {
        ask();
        kafkaTakesTheQuestion();
        settle();
        assertThat(unanswered.getCount()).isEqualTo(1);
        heard.complete(null);
        assertThat(unanswered.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anAnswerThatComesWhileTheRestIsReadCounts() throws Exception {
        ask();
        kafkaTakesTheQuestion();
        settle();
        queue.execute(request::cancel);
        heard.complete(null);
        settle();
        assertThat(unanswered.getCount()).isEqualTo(1);
        assertThat(loop.timers()).isZero();
    }

    @Test
    void anAnswerEndsTheWaiting() throws Exception {
        heard.complete(null);
        ask();
        queue.execute(request::cancel);
        kafkaTakesTheQuestion();
        settle();
        assertThat(unanswered.getCount()).isEqualTo(1);
    }
}
