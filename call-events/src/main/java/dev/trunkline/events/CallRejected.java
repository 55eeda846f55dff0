package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The call is rejected: one reason, one status, one sentence. The last event of its call.
 *
 * @param status SIP status of the final response
 * @param text the sentence, for people
 * @param retryAfterSeconds value of Retry-After (RFC 3261 section 20.33), if the response has one
 * @param by the service that rejected it
 * @param organisation the owner of the called number, if known
 * @param trace each step that led here
 * @param counts on which the limiter decided; empty if another service rejected the call
 * @param summary the whole call
 */
public record CallRejected(
        CallId callId,
        RefusalReason reason,
        int status,
        String text,
        OptionalInt retryAfterSeconds,
        String by,
        TrunkRef trunk,
        String called,
        Optional<OrganisationRef> organisation,
        List<TraceStep> trace,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<AdmissionCount> counts,
        Optional<CallSummary> summary)
        implements CallEvent {

    public CallRejected {
        Objects.requireNonNull(reason, "reason");
        retryAfterSeconds = retryAfterSeconds == null ? OptionalInt.empty() : retryAfterSeconds;
        organisation = organisation == null ? Optional.empty() : organisation;
        trace = List.copyOf(trace);
        counts = List.copyOf(counts);
        summary = summary == null ? Optional.empty() : summary;
    }

    /** A rejection with the text and the status of its reason. */
    public static CallRejected of(
            InviteReceived invite,
            RefusalReason reason,
            OptionalInt retryAfterSeconds,
            String by,
            Optional<OrganisationRef> organisation,
            List<TraceStep> trace) {
        OptionalInt retryAfter = retryAfterSeconds.isPresent() ? retryAfterSeconds : reason.retryAfterSeconds();
        return new CallRejected(
                invite.callId(), reason, reason.status(), reason.sentence(), retryAfter, by, invite.trunk(),
                invite.called(), organisation, trace, List.of(), Optional.empty());
    }

    /** Returns the same rejection, with the counts on which it was decided. */
    public CallRejected judgedBy(List<AdmissionCount> judgedBy) {
        return new CallRejected(
                callId, reason, status, text, retryAfterSeconds, by, trunk, called, organisation, trace, judgedBy,
                summary);
    }

    /** Returns the same rejection with the whole call. */
    public CallRejected with(CallSummary whole) {
        return new CallRejected(
                callId, reason, status, text, retryAfterSeconds, by, trunk, called, organisation, trace, counts,
                Optional.of(whole));
    }

    /**
     * Returns the same rejection with another final response, for example the one that an organisation
     * configured.
     */
    public CallRejected answeredWith(int otherStatus, String otherText) {
        return new CallRejected(
                callId, reason, otherStatus, otherText, retryAfterSeconds, by, trunk, called, organisation, trace,
                counts, summary);
    }
}
