package dev.trunkline.system.support;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.UnreadableEventException;
import dev.trunkline.phone.Call;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Every event that the suite has published on Kafka since its start, in order of arrival. */
public final class EventLog implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final List<ConsumerRecord<String, byte[]>> messages = new CopyOnWriteArrayList<>();
    private final List<Envelope> envelopes = new CopyOnWriteArrayList<>();
    private final Set<String> leftOut = ConcurrentHashMap.newKeySet();
    private final Set<String> crowds = ConcurrentHashMap.newKeySet();
    private final TopicTail tail;

    /** @param kafka bootstrap servers of an open Kafka */
    public EventLog(String kafka) throws InterruptedException, ExecutionException, TimeoutException {
        tail = new TopicTail(
                KafkaAddress.of(kafka),
                "system-tests",
                List.of(Topics.EVENTS, Topics.COMMANDS, Topics.DEAD_LETTERS),
                new TopicTail.From.Beginning(),
                this::read);
        tail.start();
        tail.caughtUp().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void read(ConsumerRecord<String, byte[]> message) {
        if (isLeftOut(message.key())) {
            return;
        }
        Optional<Envelope> envelope = message.topic().equals(Topics.DEAD_LETTERS) ? Optional.empty() : decode(message);
        if (envelope.filter(this::isOfTheCrowd).isPresent()) {
            leftOut.add(message.key());
            return;
        }
        messages.add(message);
        envelope.ifPresent(envelopes::add);
    }

    private boolean isLeftOut(String key) {
        return key != null && leftOut.contains(key);
    }

    private static Optional<Envelope> decode(ConsumerRecord<String, byte[]> message) {
        try {
            return CallEventCodec.decode(message);
        } catch (UnreadableEventException e) {
            // Some tests publish such records on purpose, and inspect the messages themselves.
            return Optional.empty();
        }
    }

    private boolean isOfTheCrowd(Envelope envelope) {
        return envelope.record() instanceof InviteReceived invite
                && crowds.stream().anyMatch(invite.called()::startsWith);
    }

    /** Keeps nothing of calls to numbers with this prefix: there are thousands, and other code counts them. */
    public void leaveOut(String beginning) {
        crowds.add(beginning);
    }

    /** Returns every raw message of the call topics and of the dead letters. */
    public List<ConsumerRecord<String, byte[]>> messages() {
        return messages;
    }

    /** Returns the group that wrote each dead letter so far. */
    public List<String> deadLetterGroups() {
        return messages.stream()
                .filter(message -> message.topic().equals(Topics.DEAD_LETTERS))
                .map(message -> CallEventCodec.text(message.headers(), "dead-letter-group").orElse(""))
                .toList();
    }

    List<Envelope> of(String callId) {
        return envelopes.stream()
                .filter(envelope -> envelope.callId().toString().equals(callId))
                .toList();
    }

    /** Returns the events of the call that a phone placed; waits for the first. */
    public CallLog of(Call call) {
        return ofSipCallId(call.callId());
    }

    /** Returns the events of the call with this SIP Call-ID; waits for the first. */
    public CallLog ofSipCallId(String sipCallId) {
        String id = Await.value("call.invite.received of SIP call " + sipCallId, PATIENCE, () -> find(sipCallId));
        return new CallLog(this, id);
    }

    /**
     * Returns the calls with this SIP Call-ID so far: several, if a proxy took an INVITE that one edge refused to the next.
     */
    public List<CallLog> allOfSipCallId(String sipCallId) {
        return invites().stream()
                .filter(invite -> isMaskOf(invite.sipCallId(), sipCallId))
                .map(invite -> new CallLog(this, invite.callId().toString()))
                .toList();
    }

    /** Returns the events of the call with this id of ours. */
    public CallLog ofCall(String callId) {
        return new CallLog(this, callId);
    }

    /** Returns whether the suite has published any event of this SIP call. */
    public boolean knows(String sipCallId) {
        return find(sipCallId).isPresent();
    }

    /** Returns the calls to a number so far. */
    public List<CallLog> to(String number) {
        return invites().stream()
                .filter(invite -> invite.called().equals(number))
                .map(invite -> new CallLog(this, invite.callId().toString()))
                .toList();
    }

    /** Waits for the call to a number that comes after this many others, and returns it. */
    public CallLog nextTo(String number, int before) {
        return Await.value("the call " + (before + 1) + " to " + number, PATIENCE, () -> to(number).stream().skip(before).findFirst());
    }

    private List<InviteReceived> invites() {
        return envelopes.stream()
                .map(Envelope::record)
                .filter(InviteReceived.class::isInstance)
                .map(InviteReceived.class::cast)
                .toList();
    }

    private Optional<String> find(String sipCallId) {
        return invites().stream()
                .filter(invite -> isMaskOf(invite.sipCallId(), sipCallId))
                .map(invite -> invite.callId().toString())
                .findFirst();
    }

    /** Compares Call-IDs: digits that the SIP Call-ID shares with the caller's number are stars in the event. */
    private static boolean isMaskOf(String masked, String sipCallId) {
        return sipCallId.matches(masked.chars()
                .mapToObj(c -> c == '*' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining()));
    }

    @Override
    public void close() {
        tail.close();
    }
}
