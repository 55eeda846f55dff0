package dev.trunkline.cli.trace;

import dev.trunkline.cli.kafka.Topic;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Finds a call by its own id or by its SIP Call-ID, and everything that happened to it. */
final class CallSearch {
    private static final String INVITE = EventTypes.nameOf(InviteReceived.class);
    /** The clock of Kafka's records is that of whoever wrote them. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    /** An INVITE whose Call-ID fits. */
    record Candidate(InviteReceived invite, CallIdMatch match) {}

    /** @param seen how many INVITEs there were to look at */
    record Candidates(List<Candidate> found, long seen) {}

    private final Topic topic;

    CallSearch(Topic topic) {
        this.topic = topic;
    }

    /** The INVITEs with this SIP Call-ID, the latest first. */
    Candidates bySipCallId(String sipCallId, Instant since) throws IOException, InterruptedException {
        List<InviteReceived> invites = new CopyOnWriteArrayList<>();
        topic.read(List.of(Topics.EVENTS), since, message -> {
            if (CallEventCodec.typeOf(message).equals(Optional.of(INVITE))) {
                decode(message).map(Envelope::record).map(InviteReceived.class::cast).ifPresent(invites::add);
            }
        });
        List<Candidate> found = invites.stream()
                .flatMap(invite -> CallIdMatch.of(sipCallId, invite.sipCallId())
                        .map(match -> new Candidate(invite, match)).stream())
                .sorted(Comparator.comparing((Candidate candidate) -> candidate.match())
                        .thenComparing(candidate -> candidate.invite().receivedAt(), Comparator.reverseOrder()))
                .toList();
        return new Candidates(found, invites.size());
    }

    /** Events in Kafka's order, and commands among them by their time. */
    List<Envelope> ofCall(CallId call, Instant since) throws IOException, InterruptedException {
        String key = call.toString();
        List<Envelope> events = new CopyOnWriteArrayList<>();
        List<Envelope> commands = new CopyOnWriteArrayList<>();
        topic.read(List.of(Topics.EVENTS, Topics.COMMANDS), since.minus(CLOCKS_DIFFER), message -> {
            if (key.equals(message.key())) {
                decode(message).ifPresent(message.topic().equals(Topics.EVENTS) ? events::add : commands::add);
            }
        });
        for (Envelope command : commands) {
            int at = 0;
            while (at < events.size() && !events.get(at).time().isAfter(command.time())) {
                at++;
            }
            events.add(at, command);
        }
        return List.copyOf(events);
    }

    /** When a call began, as its id says (RFC 9562 section 5.7); empty for an id of another kind. */
    static Optional<Instant> timeIn(UUID id) {
        return id.version() == 7 ? Optional.of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16)) : Optional.empty();
    }

    private static Optional<Envelope> decode(ConsumerRecord<String, byte[]> message) {
        try {
            return CallEventCodec.decode(message);
        } catch (UnreadableEventException e) {
            // A damaged record among the others is somebody else's; its own call shows a gap.
            return Optional.empty();
        }
    }
}
