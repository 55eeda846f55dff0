package dev.trunkline.limiter.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.limiter.ledger.CallLedger;
import dev.trunkline.limiter.ledger.CallLedger.Rate;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Frees the slots of calls that are over. Ends that Redis could not take wait here until it is back: a call that it
 * still held would be taken for lost, and its end told a second time. Thread-safe.
 */
public final class Ends {
    /** Ends of ten minutes without Redis at 100 calls a second; of further ones the lease runs out by itself. */
    private static final int MOST_WAITING = 60_000;

    private final CallLedger ledger;
    private final Map<CallId, Rate> waiting = new ConcurrentHashMap<>();

    public Ends(CallLedger ledger) {
        this.ledger = ledger;
    }

    /** @return whether that freed a slot; fails if Redis does not answer, and then the end waits */
    CompletionStage<Boolean> tell(CallId callId, Rate rate) {
        return ledger.free(callId, rate).whenComplete((freed, failure) -> {
            if (failure == null) {
                waiting.remove(callId);
            } else if (waiting.size() < MOST_WAITING) {
                waiting.put(callId, rate);
            }
        });
    }

    /** Redis answers: tells it what it missed. */
    public void catchUp() {
        waiting.forEach(this::tell);
    }

    int waiting() {
        return waiting.size();
    }
}
