package dev.trunkline.limiter.ledger;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.MediaStats;
import dev.trunkline.limiter.admission.CallCard;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A call of which nothing was heard any more.
 *
 * @param card what was kept of it; empty if Redis was wiped since
 * @param agent who answered last, if anybody did
 * @param media the statistics of its last heartbeat, if there was one
 */
public record LapsedCall(
        CallId callId,
        Owners owners,
        Optional<CallCard> card,
        Times times,
        Optional<String> agent,
        Optional<MediaStats> media) {

    /**
     * @param answered when it was answered, if it was
     * @param seen when the last event of it was handled
     * @param heard when the phone's last packet came, as its last heartbeat told; empty if none came or told
     */
    public record Times(Optional<Instant> answered, Optional<Instant> seen, Optional<Instant> heard) {

        /** When the talk was over, as far as anybody knows: the phone's last packet, else the last sign of life. */
        Optional<Instant> end() {
            return heard.or(() -> seen);
        }
    }

    /** From the answer to the last packet of the phone; nothing for a call that was never answered. */
    public Duration duration() {
        return times.answered().flatMap(from -> times.end().map(to -> Duration.between(from, to)))
                .filter(duration -> !duration.isNegative())
                .orElse(Duration.ZERO);
    }

    /** The whole call; empty if too little is known. */
    public Optional<CallSummary> summary() {
        return card.flatMap(known -> times.end().map(known::summary)).map(this::complete);
    }

    private CallSummary complete(CallSummary begun) {
        CallSummary call = times.answered().map(begun::answered).orElse(begun);
        call = agent.map(call::by).orElse(call);
        return media.map(call::heard).orElse(call);
    }
}
