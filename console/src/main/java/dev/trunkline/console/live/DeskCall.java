package dev.trunkline.console.live;

import java.time.Instant;
import java.util.Optional;

/**
 * A call of a rule of type desk, which a person answers in a browser.
 *
 * @param leftAt when the participant that had answered it left, if nobody has come since
 * @param handedOver whether the caller now talks with a party that the suite has called: nobody is to answer any more
 */
public record DeskCall(LiveView call, Optional<Instant> leftAt, boolean handedOver) {

    /** Whether somebody has answered it and is still there, in the room or as the target of a hand-off. */
    public boolean attended() {
        return handedOver || call.agent().isPresent();
    }
}
