package dev.trunkline.limiter.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.limiter.ledger.CallLedger;
import dev.trunkline.limiter.ledger.CallLedger.Rate;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Releases the slots of calls that are over. Ends that Redis could not accept wait here until it is back: otherwise
 * a call that Redis still held would be considered lost, and its end published a second time. Thread-safe.
 */
public final class Ends {
    /**
     * Ten minutes of ends without Redis at 100 calls a second; the leases of any further calls expire by
     * themselves.
     */
    private static final int MOST_WAITING = 60_000;

    private final CallLedger ledger;
    private final Map<CallId, Rate> waiting = new ConcurrentHashMap<>();

    public Ends(CallLedger ledger) {
        this.ledger = ledger;
    }

    /** @return whether that released a slot; fails if Redis does not answer, and then the end waits */
    CompletionStage<Boolean> tell(CallId callId, Rate rate) {
        return ledger.free(callId, rate).whenComplete((freed, failure) -> {
            if (failure == null) {
                waiting.remove(callId);
            } else if (waiting.size() < MOST_WAITING) {
                waiting.put(callId, rate);
            }
        });
    }

    /** Redis answers: sends it the ends that it missed. */
    public void catchUp() {
        waiting.forEach(this::tell);
    }

    int waiting() {
        return waiting.size();
    }
}
