package dev.trunkline.events;

import java.util.Optional;

/**
 * An outbound call could not be established; {@link CallEnded} follows.
 *
 * @param parent the call for whose caller it was made, if there is one
 * @param gateway that answered last, {@code host} or {@code host:port}
 * @param status of the final response; 408 if there was none, 503 if no gateway could be reached, 487 if the suite gave up first
 * @param detail one sentence for people; never a number
 */
public record LegFailed(CallId callId, Optional<CallId> parent, String gateway, int status, String detail)
        implements CallEvent {

    public LegFailed {
        parent = parent == null ? Optional.empty() : parent;
    }
}
