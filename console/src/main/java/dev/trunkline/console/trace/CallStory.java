package dev.trunkline.console.trace;

import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.words.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happened to one call, in the words of {@code ./trunkline trace}.
 *
 * @param sentence the outcome of the call
 * @param call its id
 * @param sipCallId as in the PBX's log, with the digits of the caller's number masked
 * @param routing each step of the decisions, in order
 * @param parent the call on behalf of whose caller it was placed
 * @param quality as counted by the relay, once a minute
 * @param held for how long the call was on hold, if it was
 */
public record CallStory(
        String sentence,
        CallId call,
        Optional<String> sipCallId,
        Instant begunAt,
        List<TraceStep> routing,
        List<Step> steps,
        Optional<CallId> parent,
        List<Quality> quality,
        Optional<HoldTimes> held) {

    /**
     * One event.
     *
     * @param sinceMillis since the INVITE
     * @param by process that published it
     * @param type of the event, for example {@code dev.trunkline.call.answered.v1}
     */
    public record Step(Instant at, long sinceMillis, String by, String type, String text) {}

    /**
     * Quality from the beginning of the call up to this time.
     *
     * @param mos estimated, 1 to 4.5
     * @param lost packets from the phone that did not arrive
     */
    public record Quality(Instant at, long sinceMillis, double mos, double jitterMillis, long lost) {}

    /** An event and its type. */
    record Told(Envelope event, String type) {}

    /** @param all events of one call, one or more, in order */
    static CallStory of(List<Told> all) {
        List<Told> told = withOneEnd(all);
        List<Envelope> events = told.stream().map(Told::event).toList();
        Sentences sentences = Sentences.about(events);
        Optional<InviteReceived> invite = events.stream().flatMap(event -> invite(event).stream()).findFirst();
        Instant begun = invite.map(InviteReceived::receivedAt).orElse(events.getFirst().time());
        List<Step> steps = told.stream()
                .map(one -> new Step(
                        one.event().time(), Math.max(0, Duration.between(begun, one.event().time()).toMillis()), by(one.event()),
                        one.type(), sentences.of(one.event().record())))
                .toList();
        return new CallStory(
                sentences.outcome(), events.getFirst().callId(), invite.map(InviteReceived::sipCallId), begun, routing(events), steps,
                events.stream().flatMap(event -> parent(event).stream()).findFirst(), quality(events, begun),
                HoldTimes.of(events));
    }

    private static List<Quality> quality(List<Envelope> events, Instant begun) {
        return events.stream()
                .flatMap(event -> event.record() instanceof CallHeartbeat beat
                        ? Stream.of(new Quality(
                                event.time(), Math.max(0, Duration.between(begun, event.time()).toMillis()), beat.media().mos(),
                                beat.media().jitterMillis(), beat.media().lost()))
                        : Stream.empty())
                .toList();
    }

    /** If there are several last events, the one published first counts. */
    private static List<Told> withOneEnd(List<Told> all) {
        Optional<Told> end = all.stream().filter(CallStory::isEnd).findFirst();
        return all.stream().filter(one -> !isEnd(one) || one == end.orElseThrow()).toList();
    }

    private static boolean isEnd(Told told) {
        return told.event().record() instanceof CallEvent event && event.isLast();
    }

    /** A refusal repeats the steps of the decision that it follows. */
    private static List<TraceStep> routing(List<Envelope> events) {
        List<TraceStep> all = new ArrayList<>();
        List<TraceStep> before = List.of();
        for (Envelope event : events) {
            List<TraceStep> decision = Sentences.decision(event.record());
            int same = 0;
            while (same < Math.min(before.size(), decision.size()) && before.get(same).equals(decision.get(same))) {
                same++;
            }
            all.addAll(decision.subList(same, decision.size()));
            before = decision.isEmpty() ? before : decision;
        }
        return List.copyOf(all);
    }

    private static Optional<InviteReceived> invite(Envelope event) {
        return switch (event.record()) {
            case InviteReceived invite -> Optional.of(invite);
            case CallRouted route when route.outgoing().isPresent() -> Optional.of(route.invite());
            default -> Optional.empty();
        };
    }

    private static Optional<CallId> parent(Envelope event) {
        return event.record() instanceof CallRouted route ? route.outgoing().flatMap(OutgoingLeg::parent) : Optional.empty();
    }

    private static String by(Envelope event) {
        return event.source().substring(event.source().lastIndexOf('/') + 1);
    }
}
