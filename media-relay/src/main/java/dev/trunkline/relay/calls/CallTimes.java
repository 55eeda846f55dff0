package dev.trunkline.relay.calls;

import dev.trunkline.events.CallRouted;
import java.time.Duration;

/**
 * The times in a call's life.
 *
 * @param edgeReply how long the edge has to end a call that the relay asked it to end; then the edge is gone
 * @param ringing how long a call may stay unanswered before its edge counts as gone
 * @param join how long entering the room may take before the call is refused: LiveKit cannot be reached
 * @param rejoin how long a room that was lost is tried to be entered again
 */
public record CallTimes(Duration edgeReply, Duration ringing, Duration join, Duration rejoin) {
    /** For a call out beside its ringing: gateways that do not answer (RFC 3261 timer B, 32 s each), and the way to the edge. */
    static final Duration SETUP = Duration.ofSeconds(90);

    /** How long this call may stay unanswered. */
    Duration ringing(CallRouted route) {
        return route.outgoing().map(leg -> Duration.ofSeconds(leg.ringingSeconds()).plus(SETUP)).orElse(ringing);
    }
}
