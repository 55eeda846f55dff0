package dev.trunkline.events;

import java.util.Objects;

/**
 * Asks the edge that has a call out which speaks with an agent first ({@link TransferWay#WARM}) to join it with its parent's caller: it
 * says {@link TransferSucceeded} in the parent's name. Of a call out that does not, or is over, it changes nothing.
 *
 * @param callId of the call out
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
