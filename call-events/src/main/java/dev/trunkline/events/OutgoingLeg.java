package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an outbound call is made. Its trunk is that of its invite; the edge knows that trunk's gateways from {@link OutboundTrunk}.
 *
 * @param parent the call for whose caller it is made: its own id maps to the same partition, and its room is the parent's; empty for a call
 *     in its own right
 * @param transfer of the parent that it serves, as {@link TransferRequested} names it; empty for none
 * @param sealedTarget {@link dev.trunkline.events.privacy.DialTarget}, sealed for the call's id
 * @param ringingSeconds how long it may ring, 1 or more
 * @param longestSeconds how long it may last from its answer, 1 or more; empty for no limit
 * @param codecs names as in SDP, the first preferred; empty for the suite's
 * @param emergency no limit rejects it
 * @param agentsStay whether the parent's agents stay with the two parties once they are joined
 * @param successor whether it takes the parent's place with the people in the room, and the parent ends, because the parent's phone asked
 *     for that by REFER; empty for no
 * @param consults whether the party that it reaches speaks with the parent's agent first, as {@link TransferWay#WARM} says; empty for no
 */
public record OutgoingLeg(
        DialPurpose purpose,
        Optional<CallId> parent,
        Optional<String> transfer,
        String sealedTarget,
        int ringingSeconds,
        OptionalInt longestSeconds,
        List<String> codecs,
        SrtpUse srtp,
        boolean emergency,
        boolean agentsStay,
        Optional<Boolean> successor,
        Optional<Boolean> consults) {

    public OutgoingLeg {
        Objects.requireNonNull(purpose, "purpose");
        parent = parent == null ? Optional.empty() : parent;
        transfer = transfer == null ? Optional.empty() : transfer;
        Objects.requireNonNull(sealedTarget, "sealedTarget");
        longestSeconds = longestSeconds == null ? OptionalInt.empty() : longestSeconds;
        codecs = codecs == null ? List.of() : List.copyOf(codecs);
        successor = successor == null ? Optional.empty() : successor;
        consults = consults == null ? Optional.empty() : consults;
    }

    /** Whether it is joined with its parent's caller only when the agent says so, and not when it is answered. */
    @JsonIgnore
    public boolean isConsulting() {
        return servesParent() && transfer.isPresent() && consults.orElse(false);
    }

    /** Returns the way in which it transfers its parent's caller. */
    @JsonIgnore
    public TransferWay way() {
        return consults.orElse(false) ? TransferWay.WARM : TransferWay.BRIDGE;
    }

    /** Returns the same leg, which speaks with the parent's agent first. */
    public OutgoingLeg consulting() {
        return consulting(Optional.of(true));
    }

    /** Returns the same leg, which is now joined with its parent's caller. */
    public OutgoingLeg joined() {
        return consulting(Optional.empty());
    }

    private OutgoingLeg consulting(Optional<Boolean> now) {
        return new OutgoingLeg(
                purpose, parent, transfer, sealedTarget, ringingSeconds, longestSeconds, codecs, srtp, emergency, agentsStay, successor, now);
    }

    /** Whether it serves its parent's caller, as opposed to being a call in its own right or replacing its parent. */
    @JsonIgnore
    public boolean servesParent() {
        return purpose != DialPurpose.DIAL && parent.isPresent() && !takesPlace();
    }

    /** Whether it takes its parent's place. */
    @JsonIgnore
    public boolean takesPlace() {
        return successor.orElse(false);
    }
}
