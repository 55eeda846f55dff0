package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The caller of a call is to be transferred. Published by the relay that has the call, at the request of an agent in the room or of
 * {@link TransferCall}. It contains what the router needs to decide, so the router needs no earlier event.
 *
 * @param transfer id of the transfer: each has one
 * @param trunk that the caller came by
 * @param sealedCaller {@code InviteReceived.sealed} of the call
 * @param sealedTarget {@link dev.trunkline.events.privacy.TransferTarget}, sealed for the call's id
 * @param outboundTrunk name of the outbound trunk to use; empty lets the router choose
 * @param way empty for the one that the rule or the trunk sets
 * @param agentsStay whether the agents stay once caller and target are joined
 * @param ringingSeconds how long the target may ring, 1 or more; empty for the suite's default
 * @param requestedBy who asks: {@code agent}, {@code rule} or {@code fallback}, or as in the command; never a caller's number
 * @param dialPurpose {@link DialPurpose#FORWARD} if a caller who has reached nobody is forwarded: such a call is answered when the
 *     target answers, and several may be under way at the same time. Empty for {@link DialPurpose#TRANSFER}
 * @param referredBy the call whose phone asks by REFER, and which ends once the target is there: this call, or an outbound call that
 *     was made for its caller. Empty if no phone asks
 */
public record TransferRequested(
        CallId callId,
        String transfer,
        String relay,
        OrganisationRef organisation,
        String number,
        RuleRef rule,
        String room,
        TrunkRef trunk,
        Optional<CallPurpose> purpose,
        String sealedCaller,
        String sealedTarget,
        Optional<String> outboundTrunk,
        Optional<TransferWay> way,
        boolean agentsStay,
        OptionalInt ringingSeconds,
        String requestedBy,
        Optional<DialPurpose> dialPurpose,
        Optional<CallId> referredBy)
        implements CallEvent {

    public TransferRequested {
        Objects.requireNonNull(transfer, "transfer");
        purpose = purpose == null ? Optional.empty() : purpose;
        outboundTrunk = outboundTrunk == null ? Optional.empty() : outboundTrunk;
        way = way == null ? Optional.empty() : way;
        ringingSeconds = ringingSeconds == null ? OptionalInt.empty() : ringingSeconds;
        dialPurpose = dialPurpose == null ? Optional.empty() : dialPurpose;
        referredBy = referredBy == null ? Optional.empty() : referredBy;
    }

    /** Whether the call itself ends once the target is there, because its phone asked for that by REFER. */
    @JsonIgnore
    public boolean isReplaced() {
        return referredBy.filter(callId::equals).isPresent();
    }

    /** Whether the caller, with whom nobody has spoken yet, is forwarded, as opposed to being transferred by somebody. */
    @JsonIgnore
    public boolean isForward() {
        return dialPurpose.filter(purpose -> purpose == DialPurpose.FORWARD).isPresent();
    }
}
