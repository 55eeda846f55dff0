package dev.trunkline.cli.call;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the events and commands of one call from Kafka, found by its SIP Call-ID. */
final class CallWatch implements AutoCloseable {
    private final Consumer<Envelope> watcher;
    private final TopicTail tail;
    private final CountDownLatch over = new CountDownLatch(1);
    /** Not known until the phone has dialled; the first event may be here sooner, and waits for it. */
    private final CompletableFuture<String> sipCallId = new CompletableFuture<>();
    private volatile Optional<String> key = Optional.empty();

    CallWatch(KafkaAddress kafka, Consumer<Envelope> watcher) throws Exception {
        this.watcher = watcher;
        this.tail = new TopicTail(
                kafka,
                "trunkline-call",
                List.of(Topics.EVENTS, Topics.COMMANDS),
                new TopicTail.From.Now(),
                this::read);
        tail.start();
        try {
            tail.caughtUp().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new java.io.IOException("Kafka at " + kafka.bootstrapServers() + " does not answer: is the suite still running?");
        }
    }

    /** Says which call to watch; events before its invite.received are passed over. */
    void follow(String id) {
        sipCallId.complete(id);
    }

    boolean awaitLastEvent(Duration atMost) throws InterruptedException {
        return over.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void read(ConsumerRecord<String, byte[]> message) {
        boolean first = key.isEmpty()
                && CallEventCodec.typeOf(message).equals(Optional.of(EventTypes.nameOf(InviteReceived.class)));
        if (!first && !key.equals(Optional.ofNullable(message.key()))) {
            return;
        }
        try {
            CallEventCodec.decode(message).ifPresent(this::show);
        } catch (UnreadableEventException e) {
            System.err.println("an event of the call cannot be read: " + e.getMessage());
        }
    }

    private void show(Envelope envelope) {
        CallRecord record = envelope.record();
        if (key.isEmpty() && record instanceof InviteReceived invite) {
            if (!sipCallId.join().equals(invite.sipCallId())) {
                return;
            }
            key = Optional.of(invite.callId().toString());
        }
        watcher.accept(envelope);
        if (record instanceof CallEvent event && event.isLast()) {
            over.countDown();
        }
    }

    @Override
    public void close() {
        sipCallId.complete("");
        tail.close();
    }
}
