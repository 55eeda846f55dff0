package dev.trunkline.relay.calls;

import dev.trunkline.events.CallRouted;
import java.time.Duration;

/**
 * The timeouts in a call's life.
 *
 * @param edgeReply how long the edge has to end a call that the relay asked it to end; after that the edge counts as gone
 * @param ringing how long a call may stay unanswered before its edge counts as gone
 * @param join how long entering the room may take before the call is refused because LiveKit cannot be reached
 * @param rejoin how long the relay tries to enter a lost room again
 */
public record CallTimes(Duration edgeReply, Duration ringing, Duration join, Duration rejoin) {
    /** Added to the ringing of an outbound call: gateways that do not answer (RFC 3261 timer B, 32 s each), and the way to the edge. */
    static final Duration SETUP = Duration.ofSeconds(90);

    /** Returns how long this call may stay unanswered. */
    Duration ringing(CallRouted route) {
        return route.outgoing().map(leg -> Duration.ofSeconds(leg.ringingSeconds()).plus(SETUP)).orElse(ringing);
    }
}
