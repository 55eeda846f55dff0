package dev.trunkline.bus;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Limits how many events of a channel are in hand at the same time. One thread takes permits, any
 * thread returns them.
 */
final class Room {
    /** With this many taken, no more are taken until some are done. */
    static final int MOST = 2_000;

    private final AtomicInteger inHand = new AtomicInteger();
    private final AtomicReference<Waiting> waiting = new AtomicReference<>();

    private record Waiting(CompletableFuture<Void> turn, Executor taker) {
        void letIn() {
            taker.execute(() -> turn.complete(null));
        }
    }

    void taken() {
        inHand.incrementAndGet();
    }

    void givenBack() {
        if (inHand.decrementAndGet() <= MOST) {
            letIn();
        }
    }

    /**
     * @param taker runs on the thread that takes, whichever thread gives back
     * @return completes when one more may be taken: at once, or later on the thread that takes
     */
    CompletionStage<Void> free(Executor taker) {
        if (inHand.get() <= MOST) {
            return CompletableFuture.completedFuture(null);
        }
        var turn = new CompletableFuture<Void>();
        waiting.set(new Waiting(turn, taker));
        if (inHand.get() <= MOST) {
            // The last one was returned before anybody could know that a taker waits.
            letIn();
        }
        return turn;
    }

    private void letIn() {
        Waiting taker = waiting.getAndSet(null);
        if (taker != null) {
            taker.letIn();
        }
    }
}
