package dev.trunkline.events;

import java.util.Optional;

/**
 * The call is over. The last event of its call.
 *
 * @param by the service that says so: the edge; the relay or the limiter if the edge is gone
 * @param answered whether the call was ever answered
 * @param durationMillis from the 200 to the end, 0 for a call that was never answered
 * @param media the last statistics that the relay gave, if any
 */
public record CallEnded(
        CallId callId,
        String by,
        EndReason reason,
        String detail,
        boolean answered,
        long durationMillis,
        Optional<MediaStats> media)
        implements CallEvent {

    public CallEnded {
        media = media == null ? Optional.empty() : media;
    }
}
