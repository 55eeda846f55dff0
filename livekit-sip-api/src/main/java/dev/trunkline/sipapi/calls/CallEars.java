package dev.trunkline.sipapi.calls;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.LegFailed;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.Topics;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Consumes call events for the {@link CallBook}, without a consumer group, so that each replica knows all calls. */
public final class CallEars implements AutoCloseable {
    private static final Set<String> HEARD = Stream.of(
                    CallRouted.class, CallAdmitted.class, MediaReady.class, CallAnswered.class, LegFailed.class, CallRejected.class,
                    CallEnded.class, TransferSucceeded.class, TransferFailed.class)
            .map(EventTypes::nameOf)
            .collect(Collectors.toUnmodifiableSet());

    private final CallBook book;
    private final TopicTail tail;

    /** @param back how far back events are read at startup: transfers of calls that began earlier are not accepted */
    public CallEars(
            CallBook book, KafkaAddress kafka, String instance, Duration back, InstantSource clock, ContainedFaults faults) {
        this.book = book;
        this.tail = new TopicTail(
                kafka, instance + "-events", List.of(Topics.EVENTS), new TopicTail.From.Time(clock.instant().minus(back)), this::event,
                faults);
    }

    public void start() {
        // On the tail's thread, between two records.
        tail.caughtUp().thenRun(book::begin);
        tail.start();
    }

    /** Returns whether the events present at startup have been read, and Kafka is being read now. */
    public boolean reading() {
        return tail.healthy() && tail.reading();
    }

    /** Returns the state of Kafka in words for the health check. */
    public String state() {
        Optional<String> missing = tail.missingRight();
        if (missing.isPresent()) {
            return missing.get();
        }
        if (!tail.healthy()) {
            return "reading the events from before the start";
        }
        return tail.reading() ? "read" : "NOT READ for %d s".formatted(tail.deafFor().toSeconds());
    }

    private void event(ConsumerRecord<String, byte[]> message) {
        if (CallEventCodec.typeOf(message).filter(HEARD::contains).isEmpty()) {
            return;
        }
        try {
            CallEventCodec.decode(message).ifPresent(envelope -> {
                if (envelope.record() instanceof CallEvent event) {
                    book.hears(event);
                }
            });
        } catch (UnreadableEventException e) {
            // The service that handles it makes a dead letter of it.
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
