package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a call goes out. The trunk that it goes out by is that of its invite; which gateways that has the edge knows by
 * {@link OutboundTrunk}.
 *
 * @param parent the call for whose caller it is made: its own id falls into the same partition, and its room is the parent's;
 *     empty for a call of its own
 * @param transfer of the parent that it serves, as {@link TransferRequested} names it; empty for none
 * @param sealedTarget {@link dev.trunkline.events.privacy.DialTarget}, sealed for the call's id
 * @param ringingSeconds how long it may ring, 1 or more
 * @param longestSeconds how long it may last from its answer, 1 or more; empty for no end
 * @param codecs names as in SDP, the first preferred; empty for the suite's
 * @param emergency no limit refuses it
 * @param agentsStay whether the parent's agents stay with the two once they are joined
 * @param successor whether it takes the parent's place with whoever is in the room, and the parent ends, since the parent's phone asked
 *     for it by REFER; empty for no
 * @param consults whether whom it reaches speaks with the parent's agent first, as {@link TransferWay#WARM} says; empty for no
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

    /** Whether it is not joined with its parent's caller when it is answered, but when the agent says so. */
    @JsonIgnore
    public boolean isConsulting() {
        return servesParent() && transfer.isPresent() && consults.orElse(false);
    }

    /** How its parent's caller is handed over by it. */
    @JsonIgnore
    public TransferWay way() {
        return consults.orElse(false) ? TransferWay.WARM : TransferWay.BRIDGE;
    }

    /** The same, which speaks with the parent's agent first. */
    public OutgoingLeg consulting() {
        return consulting(Optional.of(true));
    }

    /** The same, which is joined with its parent's caller now. */
    public OutgoingLeg joined() {
        return consulting(Optional.empty());
    }

    private OutgoingLeg consulting(Optional<Boolean> now) {
        return new OutgoingLeg(
                purpose, parent, transfer, sealedTarget, ringingSeconds, longestSeconds, codecs, srtp, emergency, agentsStay, successor, now);
    }

    /** Whether it is there for its parent's caller, rather than a call of its own or in its parent's place. */
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
