package dev.trunkline.sipapi.calls;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A call of which events are heard, or waited for. Thread-safe; what waits on the futures must not hold up who completes them. */
public final class WatchedCall {
    private final CompletableFuture<String> participant = new CompletableFuture<>();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Map<String, CompletableFuture<TransferOutcome>> transfers = new ConcurrentHashMap<>();
    private volatile int legStatus;
    private volatile boolean ended;

    /** Completes with LiveKit's id of the participant once it is in the room; with an empty one if that never comes about. */
    public CompletableFuture<String> participant() {
        return participant;
    }

    /** Completes when it is answered, or is known not to be. */
    public CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    /** Completes when it is known what became of this transfer. */
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

    /** 0 for none. */
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
