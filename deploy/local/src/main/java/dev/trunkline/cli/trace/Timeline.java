package dev.trunkline.cli.trace;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.words.Sentences;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Prints a call as a table: time, milliseconds since the INVITE, milliseconds since the previous line, the service, and
 * what happened. The steps of a decision are printed below it.
 */
final class Timeline {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    /** Width of the columns before the last one, without the service's name. */
    private static final int BEFORE_WHAT = 38;

    private final PrintStream out;
    private final ZoneId zone;

    Timeline(PrintStream out, ZoneId zone) {
        this.out = out;
        this.zone = zone;
    }

    /** @param events of one call, one or more; a repeated event is printed once */
    void print(List<Envelope> events) {
        Set<UUID> ids = new HashSet<>();
        List<Envelope> once = events.stream().filter(event -> ids.add(event.id())).toList();
        Instant begun = once.stream()
                .flatMap(event -> invite(event).stream())
                .map(InviteReceived::receivedAt)
                .findFirst()
                .orElse(once.getFirst().time());
        head(once, begun);
        table(once, begun);
        if (once.size() < events.size()) {
            out.printf("%nKafka has %d of these events more than once; a service that repeats an event gives it the same id.%n",
                    events.size() - once.size());
        }
    }

    private void head(List<Envelope> events, Instant begun) {
        out.println("call      " + events.getFirst().callId());
        Optional<InviteReceived> invite = events.stream()
                .flatMap(event -> invite(event).stream())
                .findFirst();
        events.stream().flatMap(event -> parent(event).stream()).findFirst().ifPresent(parent -> out.println("leg of    " + parent));
        out.println("Call-ID   " + invite.map(InviteReceived::sipCallId).orElse("unknown: Kafka no longer has the INVITE of the call"));
        out.println("outcome   " + Sentences.about(events).outcome());
        out.printf("day       %s, times in %s%n%n", DAY.format(begun.atZone(zone)), zone);
    }

    /** Returns the INVITE if this event began the call: its own event, or the route of an outbound call. */
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

    private void table(List<Envelope> events, Instant begun) {
        int width = events.stream().map(Timeline::service).mapToInt(String::length).max().orElse(1);
        out.printf("%-12s %10s %10s  %-" + width + "s  %s%n", "time", "ms", "step", "by", "what");
        Instant before = begun;
        boolean backwards = false;
        List<TraceStep> told = List.of();
        Sentences sentences = Sentences.about(events);
        for (Envelope event : events) {
            Duration step = Duration.between(before, event.time());
            backwards |= step.isNegative();
            out.printf(Locale.ROOT, "%s %10.1f %+10.1f  %-" + width + "s  %s%n",
                    TIME.format(event.time().atZone(zone)), millis(Duration.between(begun, event.time())), millis(step),
                    service(event), sentences.of(event.record()));
            List<TraceStep> decision = Sentences.decision(event.record());
            // A refusal repeats the steps of the decision that it follows from.
            decision.stream().skip(common(told, decision)).forEach(detail ->
                    out.printf("%s%s: %s%n", " ".repeat(BEFORE_WHAT + width + 2), detail.step(), detail.detail()));
            told = decision.isEmpty() ? told : decision;
            before = event.time();
        }
        if (backwards) {
            out.println("\nThe clocks of the services differ: the lines are in the order of Kafka, not of their times.");
        }
    }

    private static int common(List<TraceStep> told, List<TraceStep> steps) {
        int same = 0;
        while (same < Math.min(told.size(), steps.size()) && told.get(same).equals(steps.get(same))) {
            same++;
        }
        return same;
    }

    /** Shortens {@code /sip-edge/edge-1} to edge-1. */
    private static String service(Envelope event) {
        return event.source().substring(event.source().lastIndexOf('/') + 1);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
