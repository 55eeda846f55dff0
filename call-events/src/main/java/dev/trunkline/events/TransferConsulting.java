package dev.trunkline.events;

import java.util.Objects;

/**
 * The target of a transfer by {@link TransferWay#WARM} has answered, and speaks with the agent; the caller hears the waiting sound.
 * {@link TransferSucceeded} or {@link TransferFailed} follows.
 *
 * @param transfer id of the transfer
 * @param leg the call that was answered
 */
public record TransferConsulting(CallId callId, String transfer, CallId leg) implements CallEvent {
    public TransferConsulting {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(transfer, "transfer");
        Objects.requireNonNull(leg, "leg");
    }
}
