package dev.trunkline.events;

import java.util.Objects;

/**
 * Asks the edge to answer a call that rings, because the caller is to hear or to say something before anybody is there. Of a call that is
 * answered already, or goes out, it asks nothing.
 *
 * @param requestedBy the service that asks, for example {@code media-relay}
 * @param detail one sentence for the trace; never a caller's number
 */
public record AnswerCall(CallId callId, String requestedBy, String detail) implements CallCommand {
    public AnswerCall {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(requestedBy, "requestedBy");
        Objects.requireNonNull(detail, "detail");
    }
}
