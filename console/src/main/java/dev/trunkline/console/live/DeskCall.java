package dev.trunkline.console.live;

import java.time.Instant;
import java.util.Optional;

/**
 * A call of a rule of type desk: a person in a browser answers it.
 *
 * @param leftAt when whoever had answered it left, if nobody has come since
 * @param handedOver whether the caller has somebody else, whom the suite has called: nobody is to answer any more
 */
public record DeskCall(LiveView call, Optional<Instant> leftAt, boolean handedOver) {

    /** Whether somebody has answered it and is there still, in the room or handed over to. */
    public boolean attended() {
        return handedOver || call.agent().isPresent();
    }
}
