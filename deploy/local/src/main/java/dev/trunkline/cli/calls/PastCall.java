package dev.trunkline.cli.calls;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.codec.EventJson;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A finished call, read from its last event alone.
 *
 * @param at when its INVITE arrived; if the event has no summary, when the call ended
 * @param outcome code of the reason why it ended or was refused
 * @param summary missing if an earlier version, or a service that did not know the invite, wrote the event
 */
record PastCall(
        String callId,
        Instant at,
        Optional<String> called,
        Optional<String> organisation,
        String outcome,
        boolean refused,
        OptionalLong talkMillis,
        Optional<CallSummary> summary) {

    /** Returns the call of a last event. Empty for any other event. */
    static Optional<PastCall> of(Envelope event) {
        return switch (event.record()) {
            case CallEnded e -> Optional.of(new PastCall(
                    e.callId().toString(), begin(event, e.summary()), e.summary().map(CallSummary::called),
                    e.summary().flatMap(CallSummary::organisation).map(OrganisationRef::name), e.reason().code(), false,
                    talked(e) ? OptionalLong.of(e.summary().map(CallSummary::talkMillis).orElse(e.durationMillis())) : OptionalLong.empty(),
                    e.summary()));
            case CallRejected e -> Optional.of(new PastCall(
                    e.callId().toString(), begin(event, e.summary()), Optional.of(e.called()),
                    e.organisation().or(() -> e.summary().flatMap(CallSummary::organisation)).map(OrganisationRef::name),
                    e.reason().code(), true, OptionalLong.empty(), e.summary()));
            default -> Optional.empty();
        };
    }

    /** Returns whether the caller talked to anybody. A caller who was answered only to be asked for a PIN did not. */
    private static boolean talked(CallEnded ended) {
        return ended.answered() && ended.reason() != EndReason.PIN_WRONG;
    }

    private static Instant begin(Envelope event, Optional<CallSummary> summary) {
        return summary.map(CallSummary::receivedAt).orElse(event.time());
    }

    boolean trial() {
        return summary.flatMap(CallSummary::purpose).filter(CallPurpose.TRIAL::equals).isPresent();
    }

    /** Returns whether this number was dialled, or is the organisation's number that matched. A leading plus does not matter. */
    boolean isTo(String number) {
        String digits = withoutPlus(number);
        return called.map(PastCall::withoutPlus).filter(digits::equals).isPresent()
                || summary.flatMap(CallSummary::number).map(PastCall::withoutPlus).filter(digits::equals).isPresent();
    }

    private static String withoutPlus(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }

    /** Returns the summary as the contract defines it, with the call's id and outcome. */
    ObjectNode json() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("callId", callId).put("outcome", outcome).put("refused", refused);
        if (summary.isPresent()) {
            line.setAll((ObjectNode) EventJson.MAPPER.valueToTree(summary.get()));
        } else {
            called.ifPresent(number -> line.put("called", number));
            organisation.ifPresent(name -> line.withObjectProperty("organisation").put("name", name));
            line.put("at", at.toString());
        }
        return line;
    }
}
