package dev.trunkline.sipapi.calls;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A call whose events are received or awaited. Thread-safe; callbacks on the futures must not block the thread that completes
 * them.
 */
public final class WatchedCall {
    private final CompletableFuture<String> participant = new CompletableFuture<>();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Map<String, CompletableFuture<TransferOutcome>> transfers = new ConcurrentHashMap<>();
    private volatile int legStatus;
    private volatile boolean ended;

    /** Completes with LiveKit's id of the participant once it is in the room; with an empty id if that never happens. */
    public CompletableFuture<String> participant() {
        return participant;
    }

    /** Completes when the call is answered, or will not be. */
    public CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    /** Completes with the outcome of a transfer. */
    public CompletableFuture<TransferOutcome> transfer(String id) {
        CompletableFuture<TransferOutcome> future = transfers.computeIfAbsent(id, name -> new CompletableFuture<>());
        if (ended()) {
            future.complete(new TransferOutcome.CallEnded());
        }
        return future;
    }

    void legFailed(int status) {
        legStatus = status;
    }

    /** Returns the status of the failed leg; 0 for none. */
    int legStatus() {
        return legStatus;
    }

    boolean ended() {
        return ended;
    }

    void end() {
        ended = true;
        participant.complete("");
        transfers.values().forEach(transfer -> transfer.complete(new TransferOutcome.CallEnded()));
    }
}
