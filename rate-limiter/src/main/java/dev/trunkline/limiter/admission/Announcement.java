package dev.trunkline.limiter.admission;

import dev.trunkline.events.AdmissionCount;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Turns verdicts into events.
 *
 * @param leaseSeconds how long a slot is held without a heartbeat
 */
public record Announcement(int leaseSeconds) {
    /** The {@code by} of the limiter's events. */
    public static final String BY = "rate-limiter";

    /** @return empty if there is nothing to publish */
    public Optional<CallEvent> of(CallRouted routed, Applicant applicant, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Admitted(Tally tally) -> Optional.of(
                    new CallAdmitted(routed.callId(), routed, tally.beside(applicant), leaseSeconds));
            case Verdict.TooOften(Tally tally, Duration roomIn) -> {
                int seconds = wholeSeconds(roomIn);
                yield Optional.of(refusal(
                        routed, RefusalReason.CALLER_RATE, OptionalInt.of(seconds),
                        Sentences.tooOften(applicant.window(), tally.caller(), seconds), tally.beside(applicant)));
            }
            case Verdict.DialledTooOften(Tally tally, int rate, Duration roomIn) -> {
                int seconds = wholeSeconds(roomIn);
                DialRate dialled = applicant.rates().get(rate);
                yield Optional.of(refusal(
                        routed, dialled.full(), OptionalInt.of(seconds),
                        Sentences.dialledTooOften(dialled, tally.rates().get(rate), seconds), tally.beside(applicant)));
            }
            case Verdict.Full(Tally tally, int place) -> {
                Seat seat = applicant.seats().get(place);
                yield Optional.of(refusal(
                        routed, seat.place().full(), OptionalInt.empty(),
                        Sentences.full(seat, tally.atOnce().get(place)), tally.beside(applicant)));
            }
            case Verdict.Over() -> Optional.empty();
        };
    }

    /** The rejection if the limiter could not count and the suite rejects uncounted calls. */
    public CallRejected uncountedRefused(CallRouted routed) {
        return refusal(routed, RefusalReason.LIMITER_UNAVAILABLE, OptionalInt.empty(),
                "Redis does not answer, and trunkline.admission.when-unavailable is refuse.", List.of());
    }

    /** The admission, without counts, if the limiter could not count and the suite admits uncounted calls. */
    public CallAdmitted uncountedAdmitted(CallRouted routed) {
        return new CallAdmitted(routed.callId(), routed, List.of(), leaseSeconds);
    }

    private static CallRejected refusal(
            CallRouted routed,
            RefusalReason reason,
            OptionalInt retryAfter,
            String detail,
            List<AdmissionCount> counts) {
        var trace = new ArrayList<>(routed.trace());
        trace.add(new TraceStep(reason.code(), detail));
        return CallRejected.of(routed.invite(), reason, retryAfter, BY, Optional.of(routed.organisation()), trace)
                .judgedBy(counts);
    }

    /** Rounds up, so that a caller who waits that long is not too early. */
    private static int wholeSeconds(Duration duration) {
        return (int) Math.max(1, Math.ceilDiv(duration.toMillis(), 1000L));
    }
}
