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
 * A call that has fallen silent.
 *
 * @param card what was stored about it; empty if Redis was wiped since
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
     * @param seen when its last event was handled
     * @param heard when the phone's last packet came, according to its last heartbeat; empty if none came or was
     *     reported
     */
    public record Times(Optional<Instant> answered, Optional<Instant> seen, Optional<Instant> heard) {

        /**
         * Returns when the talk ended, as far as is known: the phone's last packet, or else the last sign of life.
         */
        Optional<Instant> end() {
            return heard.or(() -> seen);
        }
    }

    /** Returns the time from the answer to the phone's last packet; zero for a call that was never answered. */
    public Duration duration() {
        return times.answered().flatMap(from -> times.end().map(to -> Duration.between(from, to)))
                .filter(duration -> !duration.isNegative())
                .orElse(Duration.ZERO);
    }

    /** Returns the whole call; empty if too little is known. */
    public Optional<CallSummary> summary() {
        return card.flatMap(known -> times.end().map(known::summary)).map(this::complete);
    }

    private CallSummary complete(CallSummary begun) {
        CallSummary call = times.answered().map(begun::answered).orElse(begun);
        call = agent.map(call::by).orElse(call);
        return media.map(call::heard).orElse(call);
    }
}
