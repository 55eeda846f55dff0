package dev.trunkline.cli.call;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the events and commands of one call from Kafka, and those of its legs once it knows them. */
final class CallWatch implements AutoCloseable {
    /** The types that the first event of a call can have. */
    private static final Set<String> FIRST =
            Set.of(EventTypes.nameOf(InviteReceived.class), EventTypes.nameOf(CallRouted.class));

    private final Consumer<Envelope> watcher;
    private final TopicTail tail;
    private final CountDownLatch over = new CountDownLatch(1);
    /** Unknown until the call has been placed. The first event may arrive earlier, and waits for it. */
    private final CompletableFuture<Followed> followed = new CompletableFuture<>();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> key = Optional.empty();

    /** The call to watch. */
    private sealed interface Followed {
        /** A call that is identified by the INVITE with this SIP Call-ID. */
        record BySipCallId(String sipCallId) implements Followed {}

        record ById(CallId callId) implements Followed {}

        record Nothing() implements Followed {}
    }

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

    /** Sets the call to watch. Events before its invite.received are ignored. */
    void follow(String sipCallId) {
        followed.complete(new Followed.BySipCallId(sipCallId));
    }

    /** Sets the call to watch. */
    void follow(CallId callId) {
        followed.complete(new Followed.ById(callId));
    }

    /** Also shows the events of this call from now on. Called by the watcher, for a leg that the current event names. */
    void also(CallId leg) {
        keys.add(leg.toString());
    }

    boolean awaitLastEvent(Duration atMost) throws InterruptedException {
        return over.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void read(ConsumerRecord<String, byte[]> message) {
        if (key.isEmpty() && followed.isDone()) {
            known(followed.join());
        }
        boolean first = key.isEmpty()
                && CallEventCodec.typeOf(message).filter(FIRST::contains).isPresent();
        if (!first && !shown(message.key())) {
            return;
        }
        try {
            CallEventCodec.decode(message).ifPresent(this::show);
        } catch (UnreadableEventException e) {
            System.err.println("an event of the call cannot be read: " + e.getMessage());
        }
    }

    private void known(Followed call) {
        if (call instanceof Followed.ById(CallId callId)) {
            key = Optional.of(callId.toString());
        }
    }

    private boolean shown(String callId) {
        return key.equals(Optional.ofNullable(callId)) || callId != null && keys.contains(callId);
    }

    private void show(Envelope envelope) {
        CallRecord record = envelope.record();
        if (key.isEmpty()) {
            Followed call = followed.join();
            known(call);
            if (record instanceof InviteReceived invite && call.equals(new Followed.BySipCallId(invite.sipCallId()))) {
                key = Optional.of(invite.callId().toString());
            }
            if (!shown(record.callId().toString())) {
                return;
            }
        }
        watcher.accept(envelope);
        if (record instanceof CallEvent event && event.isLast() && key.equals(Optional.of(event.callId().toString()))) {
            over.countDown();
        }
    }

    @Override
    public void close() {
        followed.complete(new Followed.Nothing());
        tail.close();
    }
}
