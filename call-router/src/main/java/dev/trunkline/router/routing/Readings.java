package dev.trunkline.router.routing;

import dev.trunkline.events.NumbersFrom;
import dev.trunkline.events.numbers.NumberPlan.Normalised;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.directory.TrunkView;
import java.util.Optional;

/** Records in the trace where a call's numbers were read, and how the dialled one was converted. */
final class Readings {
    private Readings() {}

    static void tell(Call call, TrunkView trunk, Trace trace) {
        Optional<NumbersFrom> from = call.numbersFrom();
        String where = from.map(NumbersFrom::called).map(Readings::inHeader).orElse("");
        trace.add("normalised", called(call, trunk, where));
        if (call.callerNumber().isEmpty()) {
            trace.add("caller-anonymous", "The caller withheld the number: no rule's inbound_numbers fit, and calls are"
                    + " counted for all anonymous callers of trunk %s together.".formatted(trunk.trunk().name()));
        } else {
            from.map(NumbersFrom::caller)
                    .map(Readings::inHeader)
                    .filter(header -> !header.isEmpty())
                    .ifPresent(header -> trace.add("caller-read", "The caller was read%s.".formatted(header)));
        }
    }

    private static String called(Call call, TrunkView trunk, String where) {
        String received = call.calledAsReceived();
        if (received.equals(call.called())) {
            return "%s was dialled%s and taken as it is; numbers are read by %s.".formatted(received, where, plan(trunk));
        }
        Normalised reading = trunk.plan().normalise(received);
        String how = reading.how().isEmpty() ? "" : ": " + String.join(", ", reading.how());
        return reading.text().equals(call.called())
                ? "%s was dialled%s and read as %s by %s%s.".formatted(received, where, call.called(), plan(trunk), how)
                // The trunk has changed since the edge received it, or since the call came.
                : "%s was dialled%s and read as %s; by %s, as the trunk has it now, it would be %s%s."
                        .formatted(received, where, call.called(), plan(trunk), reading.text(), how);
    }

    private static String plan(TrunkView view) {
        InboundTrunk trunk = view.trunk();
        return trunk.country()
                .map(country -> "the number plan of " + country)
                .orElse("E.164, as the trunk has no country");
    }

    private static String inHeader(String source) {
        return switch (source) {
            case "to" -> " (in To)";
            case "diversion" -> " (in Diversion, so the call was forwarded to the trunk)";
            case "history-info" -> " (in History-Info, so the call was forwarded to the trunk)";
            case "p-asserted-identity" -> " in P-Asserted-Identity";
            case "remote-party-id" -> " in Remote-Party-ID";
            default -> "";
        };
    }
}
