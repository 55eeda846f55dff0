package dev.trunkline.relay.calls;

import java.time.Duration;

/**
 * The times in a call's life.
 *
 * @param edgeReply how long the edge has to end a call that the relay asked it to end; then the edge is gone
 * @param ringing how long a call may stay unanswered before its edge counts as gone
 * @param join how long entering the room may take before the call is refused: LiveKit cannot be reached
 * @param rejoin how long a room that was lost is tried to be entered again
 */
public record CallTimes(Duration edgeReply, Duration ringing, Duration join, Duration rejoin) {}
