package dev.trunkline.relay.onward;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** One attempt to find somebody, or something, that takes the call. */
public sealed interface Step {
    /**
     * Outbound calls that are made at the same time, each for the caller: the first to answer has the caller.
     *
     * @param targets at least one
     * @param ringing how long they may ring
     */
    record Ring(List<Target> targets, Duration ringing) implements Step {
        public Ring {
            targets = List.copyOf(targets);
            if (targets.isEmpty()) {
                throw new IllegalArgumentException("a round has at least one target");
            }
            Objects.requireNonNull(ringing, "ringing");
        }
    }

    /**
     * The caller's own side is asked to call the target (RFC 3515): only if the call was answered.
     *
     * @param ringing how long the target may ring
     */
    record Refer(Target target, Duration ringing) implements Step {}

    /** An announcement is played to the caller. @param name of the sound */
    record Announce(String place, String name) implements Step {}

    /** The caller is asked for a message: the call is answered for that. @param greeting name of the sound that asks for it */
    record Message(String place, String greeting) implements Step {}

    /** The chain ends here. @param status the SIP status that the rule wants */
    record Refuse(String place, String status) implements Step {}

    /** A step that is not carried out here. @param why in words */
    record Pass(String place, String why) implements Step {}
}
