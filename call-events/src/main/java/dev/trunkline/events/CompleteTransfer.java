package dev.trunkline.events;

import java.util.Objects;

/**
 * Asks the edge of an outbound call that speaks with an agent first ({@link TransferWay#WARM}) to join it with its parent's caller; the
 * edge then publishes {@link TransferSucceeded} for the parent. For any other outbound call, or one that is over, it changes nothing.
 *
 * @param callId of the outbound call
 * @param transfer of its parent
 * @param requestedBy the service that asks
 */
public record CompleteTransfer(CallId callId, String transfer, String requestedBy) implements CallCommand {
    public CompleteTransfer {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(transfer, "transfer");
        Objects.requireNonNull(requestedBy, "requestedBy");
    }
}
