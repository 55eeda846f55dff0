package dev.trunkline.console.live;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.RoomGiven;
import dev.trunkline.events.Topics;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Feeds the {@link LiveBoard} from Kafka, without a consumer group, so that each replica of the console has the complete board. */
public final class LiveTopics implements AutoCloseable {
    /** How far back events are read at startup; calls answered before that are known by their heartbeats. */
    private static final Duration BACK = Duration.ofHours(1);

    /** The board is for people's eyes. */
    private static final Duration COLLECTING = Duration.ofMillis(200);

    private static final Set<String> HEARD = Stream.of(
                    CallAdmitted.class, CallAnswered.class, AgentJoined.class, AgentLeft.class, CallHeld.class, CallResumed.class,
                    TransferSucceeded.class, RoomGiven.class, MediaReady.class, MediaLost.class, CallHeartbeat.class, CallEnded.class, CallRejected.class)
            .map(EventTypes::nameOf)
            .collect(Collectors.toUnmodifiableSet());

    private final LiveBoard board;
    private final TopicTail slots;
    private final TopicTail events;

    public LiveTopics(LiveBoard board, KafkaAddress kafka, String instance, InstantSource clock, ContainedFaults faults) {
        this.board = board;
        this.slots = new TopicTail(
                kafka, instance + "-live-calls", List.of(Topics.LIVE_CALLS), new TopicTail.From.Beginning(), this::slot, faults);
        this.events = new TopicTail(
                kafka, instance + "-live-events", List.of(Topics.EVENTS), new TopicTail.From.Time(clock.instant().minus(BACK)),
                this::event, faults).unhurried(COLLECTING);
    }

    public void start() {
        events.start();
        slots.start();
    }

    /** Whether everything that was there at startup has been read, and Kafka is being read now. */
    public boolean reading() {
        return slots.healthy() && slots.reading() && events.healthy() && events.reading();
    }

    /** Which Kafka permission is missing; empty while none is known to be. */
    public Optional<String> missingRight() {
        return slots.missingRight().or(events::missingRight);
    }

    private void slot(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            board.ends(CallId.of(message.key()));
            return;
        }
        try {
            board.begins(EventJson.MAPPER.readValue(message.value(), LiveCall.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void event(ConsumerRecord<String, byte[]> message) {
        if (CallEventCodec.typeOf(message).filter(HEARD::contains).isEmpty()) {
            return;
        }
        try {
            CallEventCodec.decode(message).ifPresent(board::hears);
        } catch (UnreadableEventException e) {
            // The consumer group turns it into a dead letter.
        }
    }

    @Override
    public void close() {
        slots.close();
        events.close();
    }
}
