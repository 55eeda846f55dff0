package dev.trunkline.events;

import java.util.Objects;

/**
 * Asks the edge to answer a ringing call, because the caller is to hear or to say something before anybody is there. It has no effect on
 * a call that is already answered, or on an outbound call.
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
