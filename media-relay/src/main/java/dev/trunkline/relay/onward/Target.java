package dev.trunkline.relay.onward;

import dev.trunkline.events.ForwardTarget;
import java.util.Objects;

/**
 * One who may take the caller.
 *
 * @param transfer id of the hand-over by which the router is asked for this one
 * @param place in the plan, in words for people, for example {@code target 2 of round 1}: whom it is says no word and no log line
 * @param who as the rule writes it
 */
public record Target(String transfer, String place, ForwardTarget who) {
    public Target {
        Objects.requireNonNull(transfer, "transfer");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(who, "who");
    }

    /** Says nothing of whom it is: this record must not leak a number into a log line. */
    @Override
    public String toString() {
        return "Target[" + transfer + "]";
    }
}
