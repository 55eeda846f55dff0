package dev.trunkline.relay.onward;

import dev.trunkline.events.ForwardTarget;
import java.util.Objects;

/**
 * A target that may take the caller.
 *
 * @param transfer id of the hand-over by which the router is asked for this target
 * @param place in the plan, in words for people, for example {@code target 2 of round 1}: no text and no log line says who it is
 * @param who as the rule writes it
 */
public record Target(String transfer, String place, ForwardTarget who) {
    public Target {
        Objects.requireNonNull(transfer, "transfer");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(who, "who");
    }

    /** Does not reveal the target: this record must not leak a number into a log line. */
    @Override
    public String toString() {
        return "Target[" + transfer + "]";
    }
}
