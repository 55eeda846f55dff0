package dev.trunkline.system.soak;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Topics;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.UnreadableEventException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Follows the events of every call from now on, and keeps of each only what the account needs. */
final class Events implements AutoCloseable {
    private final Map<String, Story> calls = new ConcurrentHashMap<>();
    private final Map<String, Story> bySip = new ConcurrentHashMap<>();
    private final TopicTail tail;

    /** One event; a duplicate has the same id and the same kind and counts once. */
    private record Said(UUID id, Class<?> kind) {}

    /** The events of one call so far. */
    static final class Story {
        private final String callId;
        private final Set<Said> seen = new HashSet<>();
        private final List<String> kinds = new ArrayList<>();
        private final List<Told.Last> last = new ArrayList<>();
        private Optional<String> sipCallId = Optional.empty();
        private Optional<String> room = Optional.empty();

        private Story(String callId) {
            this.callId = callId;
        }

        private synchronized void add(UUID id, CallEvent event) {
            if (event instanceof CallHeartbeat || !seen.add(new Said(id, event.getClass()))) {
                return;
            }
            kinds.add(event.getClass().getSimpleName());
            switch (event) {
                case InviteReceived invite -> sipCallId = Optional.of(invite.sipCallId());
                case CallRouted routed -> room = Optional.of(routed.room());
                case CallRejected refusal -> last.add(new Told.Last(true, false, refusal.reason().code()));
                case CallEnded ended -> last.add(new Told.Last(false, ended.answered(), ended.reason().code()));
                default -> {}
            }
        }

        String callId() {
            return callId;
        }

        synchronized Optional<String> room() {
            return room;
        }

        private synchronized Told told() {
            return new Told(callId, sipCallId.orElse(""), kinds, last);
        }

        private synchronized boolean isOpen() {
            return last.isEmpty();
        }
    }

    private Events(String kafka) {
        tail = new TopicTail(KafkaAddress.of(kafka), "soak", List.of(Topics.EVENTS), new TopicTail.From.Now(), this::read);
    }

    static Events follow(String kafka) throws Exception {
        Events events = new Events(kafka);
        events.tail.start();
        events.tail.caughtUp().toCompletableFuture().get(20, TimeUnit.SECONDS);
        return events;
    }

    private void read(ConsumerRecord<String, byte[]> message) {
        try {
            CallEventCodec.decode(message).ifPresent(this::add);
        } catch (UnreadableEventException e) {
            // It is not an event of a call.
        }
    }

    private void add(Envelope envelope) {
        if (envelope.record() instanceof CallEvent event) {
            Story story = calls.computeIfAbsent(envelope.callId().toString(), Story::new);
            story.add(envelope.id(), event);
            if (event instanceof InviteReceived invite) {
                bySip.put(invite.sipCallId(), story);
            }
        }
    }

    /** Returns the call with this SIP Call-ID, if it has an event. */
    Optional<Story> ofSip(String sipCallId) {
        return Optional.ofNullable(bySip.get(sipCallId));
    }

    List<Told> told() {
        return calls.values().stream().map(Story::told).toList();
    }

    /** Returns how many calls have no last event yet. */
    long open() {
        return calls.values().stream().filter(Story::isOpen).count();
    }

    /** Returns how many hand-offs succeeded. */
    long transferred() {
        return told().stream().filter(call -> call.kinds().contains(TransferSucceeded.class.getSimpleName())).count();
    }

    @Override
    public void close() {
        tail.close();
    }
}
