package dev.trunkline.limiter.admission;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Limits;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Puts verdicts into events.
 *
 * @param suiteLimit most calls at once in the whole suite
 * @param leaseSeconds how long a slot is held without a heartbeat
 */
public record Announcement(int suiteLimit, int leaseSeconds) {
    /** The {@code by} of the limiter's events. */
    public static final String BY = "rate-limiter";

    /** @return empty if there is nothing to say */
    public Optional<CallEvent> of(CallRouted routed, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Admitted(Tally tally) -> Optional.of(new CallAdmitted(
                    routed.callId(), routed, tally.beside(routed.limits(), suiteLimit), leaseSeconds));
            case Verdict.Refused(RefusalReason reason, OptionalInt retryAfter, Tally tally) ->
                Optional.of(refusal(routed, reason, retryAfter, sentence(reason, routed.limits(), tally)));
            case Verdict.Over() -> Optional.empty();
        };
    }

    /** The limiter could not count and the suite refuses uncounted calls. */
    public CallRejected uncountedRefused(CallRouted routed) {
        return refusal(routed, RefusalReason.LIMITER_UNAVAILABLE, OptionalInt.empty(),
                "Redis does not answer, and trunkline.admission.when-unavailable is refuse.");
    }

    /** The limiter could not count and the suite admits uncounted calls: no counts. */
    public CallAdmitted uncountedAdmitted(CallRouted routed) {
        return new CallAdmitted(routed.callId(), routed, List.of(), leaseSeconds);
    }

    private static CallRejected refusal(
            CallRouted routed, RefusalReason reason, OptionalInt retryAfter, String detail) {
        var trace = new ArrayList<>(routed.trace());
        trace.add(new TraceStep(reason.code(), detail));
        return CallRejected.of(routed.invite(), reason, retryAfter, BY, Optional.of(routed.organisation()), trace);
    }

    private String sentence(RefusalReason reason, Limits limits, Tally tally) {
        Limits.CallerRate rate = limits.callerRate();
        return switch (reason) {
            case CALLER_RATE -> "This caller had %d calls %s in the last %d s; %d are allowed."
                    .formatted(tally.caller(), whose(rate), rate.windowSeconds(), rate.calls());
            case NUMBER_BUSY -> "The number has %d calls; %d at once are allowed."
                    .formatted(tally.number(), limits.numberConcurrency().orElse(0));
            case ORGANISATION_BUSY -> "The organisation has %d calls; %d at once are allowed."
                    .formatted(tally.organisation(), limits.organisationConcurrency().orElse(0));
            case SUITE_FULL -> "The suite has %d calls; %d at once are allowed."
                    .formatted(tally.suite(), suiteLimit);
            default -> reason.sentence();
        };
    }

    private static String whose(Limits.CallerRate rate) {
        return switch (rate.scope()) {
            case NUMBER -> "to this number";
            case ORGANISATION -> "to this organisation";
        };
    }
}
