package dev.trunkline.events;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Asks the relay that has the call to have its caller transferred: the relay publishes {@link TransferRequested}.
 *
 * @param transfer id of the transfer, chosen by the requester; one that is known already changes nothing
 * @param sealedTarget {@link dev.trunkline.events.privacy.TransferTarget}, sealed for the call's id
 * @param outboundTrunk name of the outbound trunk to use; empty lets the router choose
 * @param way empty for the one that the rule or the trunk sets
 * @param agentsStay whether the agents stay once caller and target are joined
 * @param ringingSeconds how long the target may ring, 1 or more; empty for the suite's default
 * @param requestedBy the service or person that asks, for example {@code api}
 * @param referredBy the call whose phone asks by REFER, and which ends once the target is there: this call, or an outbound call that
 *     was made for its caller. Empty if no phone asks
 */
public record TransferCall(
        CallId callId,
        String transfer,
        String sealedTarget,
        Optional<String> outboundTrunk,
        Optional<TransferWay> way,
        boolean agentsStay,
        OptionalInt ringingSeconds,
        String requestedBy,
        Optional<CallId> referredBy)
        implements CallCommand {

    public TransferCall {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(transfer, "transfer");
        Objects.requireNonNull(sealedTarget, "sealedTarget");
        Objects.requireNonNull(requestedBy, "requestedBy");
        outboundTrunk = outboundTrunk == null ? Optional.empty() : outboundTrunk;
        way = way == null ? Optional.empty() : way;
        ringingSeconds = ringingSeconds == null ? OptionalInt.empty() : ringingSeconds;
        referredBy = referredBy == null ? Optional.empty() : referredBy;
    }
}
