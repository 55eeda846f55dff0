package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The caller of a call is to be handed over. By the relay that has the call, which was asked by an agent in the room or by
 * {@link TransferCall}; it carries what the router needs to decide, so that it needs no earlier event.
 *
 * @param transfer id of the transfer: each has one
 * @param trunk that the caller came by
 * @param sealedCaller {@code InviteReceived.sealed} of the call
 * @param sealedTarget {@link dev.trunkline.events.privacy.TransferTarget}, sealed for the call's id
 * @param outboundTrunk name of the trunk that it is to go out by; empty lets the router choose
 * @param way empty for what the rule or the trunk says
 * @param agentsStay whether the agents stay once caller and target are joined
 * @param ringingSeconds how long the target may ring, 1 or more; empty for the suite's default
 * @param requestedBy who asks: {@code agent}, {@code rule} or {@code fallback}, or as the command says; never a caller's number
 * @param dialPurpose {@link DialPurpose#FORWARD} where a caller who has reached nobody goes on: such a call is answered when the target
 *     answers, and several may be under way at once. Empty for {@link DialPurpose#TRANSFER}
 * @param referredBy the call whose phone asks by REFER, and which ends once the target is there: this call, or a call out that was made
 *     for its caller. Empty where no phone asks
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

    /** Whether the call itself ends once the target is there, as its phone asked by REFER. */
    @JsonIgnore
    public boolean isReplaced() {
        return referredBy.filter(callId::equals).isPresent();
    }

    /** Whether the caller goes on to whom nobody has spoken for yet, rather than being handed over by somebody. */
    @JsonIgnore
    public boolean isForward() {
        return dialPurpose.filter(purpose -> purpose == DialPurpose.FORWARD).isPresent();
    }
}
