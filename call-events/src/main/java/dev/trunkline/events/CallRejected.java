package dev.trunkline.events;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The call is refused: one reason, one status, one sentence. The last event of its call.
 *
 * @param status SIP status of the final response
 * @param text the sentence, for people
 * @param retryAfterSeconds value of Retry-After (RFC 3261 section 20.33), where the response has one
 * @param by the service that refused
 * @param organisation who owns the called number, where that is known
 * @param trace each step that led here
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
        List<TraceStep> trace)
        implements CallEvent {

    public CallRejected {
        Objects.requireNonNull(reason, "reason");
        retryAfterSeconds = retryAfterSeconds == null ? OptionalInt.empty() : retryAfterSeconds;
        organisation = organisation == null ? Optional.empty() : organisation;
        trace = List.copyOf(trace);
    }

    /** A refusal in the words and with the status of its reason. */
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
                invite.called(), organisation, trace);
    }
}
