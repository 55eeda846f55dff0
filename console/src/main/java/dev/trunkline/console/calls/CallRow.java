package dev.trunkline.console.calls;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RuleRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A finished call, as its last event describes it; a row of the table {@code calls}, whose columns have these names.
 *
 * @param toldAt when the last event was published
 * @param toldId id of that event
 * @param caller pseudonym
 * @param reasonText the reason in a sentence
 * @param status SIP status, if the call was refused
 * @param kind what the call was made for
 */
public record CallRow(
        UUID callId,
        Instant toldAt,
        UUID toldId,
        String direction,
        Optional<String> organisationId,
        Optional<String> organisation,
        Optional<String> number,
        String called,
        String caller,
        String trunk,
        Optional<String> rule,
        Optional<String> room,
        Optional<String> agent,
        Instant receivedAt,
        Optional<Instant> answeredAt,
        Instant endedAt,
        OptionalLong setupMillis,
        long talkMillis,
        String outcome,
        String reason,
        String reasonText,
        OptionalInt status,
        Optional<Double> mos,
        Optional<Double> jitterMillis,
        OptionalLong lost,
        OptionalLong packetsReceived,
        OptionalLong packetsSent,
        Optional<UUID> parent,
        CallKind kind) {

    /** If a call has two last events, the one published first counts, in whatever order they arrive. */
    public static final Comparator<CallRow> FIRST_SAID = Comparator.comparing(CallRow::toldAt).thenComparing(CallRow::toldId);

    /** Returns empty for any event other than a last one, and for one without a summary. */
    public static Optional<CallRow> of(Envelope event) {
        return switch (event.record()) {
            case CallEnded end -> end.summary().map(summary -> of(
                    event, summary, end.answered() ? "answered" : "unanswered", end.reason().code(), end.reason().sentence(),
                    OptionalInt.empty()));
            case CallRejected refusal -> refusal.summary().map(summary -> of(
                    event, summary, "refused", refusal.reason().code(), refusal.text(), OptionalInt.of(refusal.status())));
            default -> Optional.empty();
        };
    }

    private static CallRow of(
            Envelope event, CallSummary summary, String outcome, String reason, String reasonText, OptionalInt status) {
        Optional<MediaStats> media = summary.quality();
        return new CallRow(
                event.callId().value(), event.time(), event.id(), summary.direction().code(),
                summary.organisation().map(OrganisationRef::id), summary.organisation().map(OrganisationRef::name), summary.number(),
                summary.called(), summary.caller(), summary.trunk().name(), summary.rule().map(RuleRef::name), summary.room(),
                summary.agent(), summary.receivedAt(), summary.answeredAt(), summary.endedAt(), summary.setupMillis(),
                summary.talkMillis(), outcome, reason, reasonText, status, media.map(MediaStats::mos), media.map(MediaStats::jitterMillis),
                packets(media.map(MediaStats::lost)), packets(media.map(MediaStats::packetsReceived)),
                packets(media.map(MediaStats::packetsSent)), summary.parent().map(parent -> parent.value()),
                CallKind.of(event, summary.purpose()));
    }

    private static OptionalLong packets(Optional<Long> count) {
        return count.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
