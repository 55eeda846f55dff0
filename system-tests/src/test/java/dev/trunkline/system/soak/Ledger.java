package dev.trunkline.system.soak;

import dev.trunkline.events.EndReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The account of every call, from the INVITE over the events to the console's history. Pure.
 *
 * @param placed calls of the load
 * @param others calls that have events and were not placed by the load: legs of hand-offs, and what became of bad input
 * @param ends how the load's calls ended, in words, each with its number
 * @param turnedAway calls that the edge refused at its door because too many waited for a decision; such calls have no events
 * @param withoutAccount calls whose phone, events and history do not agree, each in words
 * @param lost calls that were up and that the suite ended for a reason that their deed does not have
 * @param refused calls that the suite refused for a reason that their deed does not have
 * @param mute calls that were up for long and heard nothing
 */
record Ledger(
        int placed, int others, Map<String, Integer> ends, int turnedAway, List<String> withoutAccount, List<String> lost,
        List<String> refused, List<String> mute) {

    private static final int UNAVAILABLE = 503;

    /** @param turnedAway how many calls the edge counts as turned away without an event */
    static Ledger of(List<Placed> placed, List<Told> told, List<Row> rows, int turnedAway) {
        return new Book(told, rows).account(placed, turnedAway);
    }

    private static final class Book {
        private final Map<String, Told> bySip = new HashMap<>();
        private final List<Told> masked = new ArrayList<>();
        private final List<Told> told;
        private final Map<String, List<Row>> rows = new HashMap<>();
        private final Set<String> accounted = new HashSet<>();
        private final Map<String, Integer> ends = new TreeMap<>();
        private final List<String> withoutAccount = new ArrayList<>();
        private final List<String> lost = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();
        private final List<String> mute = new ArrayList<>();

        Book(List<Told> told, List<Row> rows) {
            this.told = told;
            for (Told call : told) {
                bySip.put(call.sipCallId(), call);
                if (call.sipCallId().indexOf('*') >= 0) {
                    masked.add(call);
                }
            }
            rows.forEach(row -> this.rows.computeIfAbsent(row.callId(), id -> new ArrayList<>()).add(row));
        }

        Ledger account(List<Placed> placed, int turnedAway) {
            int withoutEvents = 0;
            for (Placed call : placed) {
                Optional<Told> events = find(call.sipCallId());
                if (call.mute()) {
                    mute.add(words(call, events));
                }
                if (events.isPresent()) {
                    accounted.add(events.get().callId());
                    entry(call, events.get());
                } else if (isAtTheDoor(call.seen()) && withoutEvents < turnedAway) {
                    withoutEvents++;
                    ends.merge(call.deed() + ": turned away at the door", 1, Integer::sum);
                    refused.add(words(call, events));
                } else {
                    ends.merge(call.deed() + ": no events", 1, Integer::sum);
                    withoutAccount.add("no events: " + words(call, events));
                }
            }
            List<Told> others = told.stream().filter(call -> !accounted.contains(call.callId())).toList();
            others.forEach(call -> lastAndRow(call)
                    .ifPresent(fault -> withoutAccount.add(fault + ": a call that the load did not place, " + words(call))));
            return new Ledger(placed.size(), others.size(), ends, withoutEvents, withoutAccount, lost, refused, mute);
        }

        private static boolean isAtTheDoor(PhoneSaw seen) {
            return seen instanceof PhoneSaw.Refused answer && answer.status() == UNAVAILABLE;
        }

        private void entry(Placed call, Told events) {
            Optional<String> fault = lastAndRow(events).or(() -> contradiction(call.seen(), events.last().getFirst()));
            ends.merge(call.deed() + ": " + (events.last().isEmpty() ? "no last event" : events.last().getFirst()), 1, Integer::sum);
            if (fault.isPresent()) {
                withoutAccount.add(fault.get() + ": " + words(call, Optional.of(events)));
            }
            if (events.last().isEmpty() || call.expected().contains(events.last().getFirst().code())) {
                return;
            }
            Told.Last last = events.last().getFirst();
            (last.answered() ? lost : refused).add(words(call, Optional.of(events)));
        }

        /** Returns what is wrong with the last event of a call or with its row. */
        private Optional<String> lastAndRow(Told call) {
            if (call.last().size() != 1) {
                return Optional.of(call.last().isEmpty() ? "no last event" : call.last().size() + " last events");
            }
            Told.Last last = call.last().getFirst();
            List<Row> written = rows.getOrDefault(call.callId(), List.of());
            if (written.size() != 1) {
                return Optional.of(written.isEmpty() ? "not in the history" : written.size() + " times in the history");
            }
            Row row = written.getFirst();
            return row.outcome().equals(last.outcome()) && row.reason().equals(last.code())
                    ? Optional.empty()
                    : Optional.of("the history says " + row.outcome() + ", " + row.reason());
        }

        /** Returns how the event contradicts what the phone saw. */
        private static Optional<String> contradiction(PhoneSaw seen, Told.Last last) {
            boolean agrees = switch (seen) {
                case PhoneSaw.Answered answered -> last.answered() && (!answered.farEnd() || isCode(answered.reason(), last));
                case PhoneSaw.Refused refusal -> !last.answered() && isCode(refusal.reason(), last);
                // The CANCEL can cross a refusal; the phone sees 487 only if the CANCEL was first.
                case PhoneSaw.Cancelled cancelled -> cancelled.answeredFirst() ? !last.refused() : !last.answered() && !last.refused();
                case PhoneSaw.Vanished vanished -> true;
                case PhoneSaw.NoAnswer none -> !last.answered();
            };
            return agrees ? Optional.empty() : Optional.of("phone and event disagree");
        }

        /** A phone that has transferred its call is let go at once; the call itself goes on, and ends for a reason of its own. */
        private static boolean isCode(Optional<String> said, Told.Last last) {
            return said.isEmpty() || said.get().equals(last.code()) || said.get().equals(EndReason.TRANSFERRED.code());
        }

        private Optional<Told> find(String sipCallId) {
            return Optional.ofNullable(bySip.get(sipCallId))
                    .or(() -> masked.stream().filter(call -> Masked.isMaskOf(call.sipCallId(), sipCallId)).findFirst());
        }

        private static String words(Placed call, Optional<Told> events) {
            return "%s at %d s, %s, the phone saw %s, %s".formatted(
                    call.deed(), call.seconds(), call.sipCallId(), call.seen(), events.map(Book::words).orElse("no events"));
        }

        private static String words(Told call) {
            return "call " + call.callId() + ": " + String.join(" ", call.kinds()) + ", last " + call.last();
        }
    }
}
