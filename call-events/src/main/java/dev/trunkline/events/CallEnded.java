package dev.trunkline.events;

import java.util.Optional;

/**
 * The call is over. The last event of its call.
 *
 * @param by the service that publishes this: the edge; the relay or the limiter if the edge is gone
 * @param answered whether the call was ever answered
 * @param durationMillis from the 200 to the end, 0 for a call that was never answered
 * @param media the last statistics that the relay gave, if any
 * @param sipReason protocol and cause of the Reason header (RFC 3326) in the caller's BYE or CANCEL, for example
 *     {@code Q.850;cause=16}; its text is left out because it may name a person
 * @param summary the whole call; missing only if its invite is no longer known
 */
public record CallEnded(
        CallId callId,
        String by,
        EndReason reason,
        String detail,
        boolean answered,
        long durationMillis,
        Optional<MediaStats> media,
        Optional<String> sipReason,
        Optional<CallSummary> summary)
        implements CallEvent {

    public CallEnded {
        media = media == null ? Optional.empty() : media;
        sipReason = sipReason == null ? Optional.empty() : sipReason;
        summary = summary == null ? Optional.empty() : summary;
    }

    /** An end without the call's summary. */
    public CallEnded(
            CallId callId,
            String by,
            EndReason reason,
            String detail,
            boolean answered,
            long durationMillis,
            Optional<MediaStats> media,
            Optional<String> sipReason) {
        this(callId, by, reason, detail, answered, durationMillis, media, sipReason, Optional.empty());
    }

    /** An end for which the caller's side gave no reason. */
    public CallEnded(
            CallId callId,
            String by,
            EndReason reason,
            String detail,
            boolean answered,
            long durationMillis,
            Optional<MediaStats> media) {
        this(callId, by, reason, detail, answered, durationMillis, media, Optional.empty(), Optional.empty());
    }

    /** Returns the same end with the whole call. */
    public CallEnded with(CallSummary whole) {
        return new CallEnded(
                callId, by, reason, detail, answered, durationMillis, media, sipReason, Optional.of(whole));
    }
}
