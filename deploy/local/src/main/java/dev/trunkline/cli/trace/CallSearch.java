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

/** Finds a call by its own id or by its SIP Call-ID, with everything that happened to it. */
final class CallSearch {
    private static final String INVITE = EventTypes.nameOf(InviteReceived.class);
    private static final String ROUTED = EventTypes.nameOf(CallRouted.class);
    /** Allows for clocks that differ, because a Kafka record has the timestamp of its writer. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    /** An INVITE whose Call-ID matches. */
    record Candidate(InviteReceived invite, CallIdMatch match) {}

    /** @param seen how many INVITEs were examined */
    record Candidates(List<Candidate> found, long seen) {}

    private final Topic topic;

    CallSearch(Topic topic) {
        this.topic = topic;
    }

    /** Returns the INVITEs with this SIP Call-ID, latest first. */
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
     * Returns the call, followed by its legs: the outbound calls that were placed for its caller.
     *
     * @return for each call its events in Kafka's order, with commands inserted by time; empty if there is no such call
     */
    List<List<Envelope>> ofCall(CallId call, Instant since) throws IOException, InterruptedException {
        // A leg's first event precedes its others and follows the call's own, because both calls are in the same partition.
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

    /** Returns the route of an outbound call. Empty for any other record. */
    private static Optional<CallRouted> outgoing(ConsumerRecord<String, byte[]> message) {
        if (!CallEventCodec.typeOf(message).equals(Optional.of(ROUTED))) {
            return Optional.empty();
        }
        return decode(message).map(Envelope::record).map(CallRouted.class::cast).filter(route -> route.outgoing().isPresent());
    }

    /** The records of one call on Kafka. */
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

    /** Returns when a call began, according to its id (RFC 9562 section 5.7). Empty for an id of another version. */
    static Optional<Instant> timeIn(UUID id) {
        return id.version() == 7 ? Optional.of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16)) : Optional.empty();
    }

    private static Optional<Envelope> decode(ConsumerRecord<String, byte[]> message) {
        try {
            return CallEventCodec.decode(message);
        } catch (UnreadableEventException e) {
            // A damaged record may be of another call; its own call shows a gap.
            return Optional.empty();
        }
    }
}
