package dev.trunkline.cli.trace;

import dev.trunkline.cli.kafka.Topic;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Finds a call by its own id or by its SIP Call-ID, and everything that happened to it. */
final class CallSearch {
    private static final String INVITE = EventTypes.nameOf(InviteReceived.class);
    private static final String ROUTED = EventTypes.nameOf(CallRouted.class);
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
            } else {
                outgoing(message).map(CallRouted::invite).ifPresent(invites::add);
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

    /**
     * The call, and then each call out that was made for its caller: its legs.
     *
     * @return of each its events in Kafka's order, and commands among them by their time; empty where there is no such call
     */
    List<List<Envelope>> ofCall(CallId call, Instant since) throws IOException, InterruptedException {
        // A leg's first event comes before its others, and as the call has its partition, after the call's own.
        Map<String, Told> told = Collections.synchronizedMap(new LinkedHashMap<>());
        told.put(call.toString(), new Told());
        topic.read(List.of(Topics.EVENTS, Topics.COMMANDS), since.minus(CLOCKS_DIFFER), message -> {
            outgoing(message).flatMap(CallRouted::outgoing).flatMap(OutgoingLeg::parent).filter(call::equals)
                    .ifPresent(parent -> told.putIfAbsent(message.key(), new Told()));
            Optional.ofNullable(message.key()).map(told::get).ifPresent(of -> decode(message).ifPresent(
                    message.topic().equals(Topics.EVENTS) ? of.events()::add : of.commands()::add));
        });
        return told.values().stream().map(Told::inOrder).filter(events -> !events.isEmpty()).toList();
    }

    /** The route of a call that the suite makes; empty for any other record. */
    private static Optional<CallRouted> outgoing(ConsumerRecord<String, byte[]> message) {
        if (!CallEventCodec.typeOf(message).equals(Optional.of(ROUTED))) {
            return Optional.empty();
        }
        return decode(message).map(Envelope::record).map(CallRouted.class::cast).filter(route -> route.outgoing().isPresent());
    }

    /** What Kafka has of one call. */
    private record Told(List<Envelope> events, List<Envelope> commands) {
        Told() {
            this(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
        }

        List<Envelope> inOrder() {
            return ordered(events, commands);
        }
    }

    private static List<Envelope> ordered(List<Envelope> events, List<Envelope> commands) {
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
