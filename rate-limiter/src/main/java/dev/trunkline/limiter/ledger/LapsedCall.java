package dev.trunkline.limiter.ledger;

import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope.Owners;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A call of which nothing was heard any more.
 *
 * @param answered when it was answered, if it was
 * @param seen when the last was heard of it
 * @param media the statistics of its last heartbeat, JSON, if there was one
 */
public record LapsedCall(
        CallId callId, Owners owners, Optional<Instant> answered, Optional<Instant> seen, Optional<String> media) {

    /** From the answer to the last sign of life; nothing for a call that was never answered. */
    public Duration duration() {
        return answered.flatMap(from -> seen.map(to -> Duration.between(from, to)))
                .filter(duration -> !duration.isNegative())
                .orElse(Duration.ZERO);
    }
}
