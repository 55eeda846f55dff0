package dev.trunkline.console.live;

import java.time.Instant;
import java.util.Optional;

/**
 * A call of a rule of type desk: a person in a browser answers it.
 *
 * @param leftAt when whoever had answered it left, if nobody has come since
 */
public record DeskCall(LiveView call, Optional<Instant> leftAt) {

    /** Whether somebody in the room has answered it and is there still. */
    public boolean attended() {
        return call.agent().isPresent();
    }
}
