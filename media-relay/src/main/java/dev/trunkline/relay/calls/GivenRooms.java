package dev.trunkline.relay.calls;

import dev.trunkline.relay.RelayMetrics;
import dev.trunkline.relay.calls.RoomDecision.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** The rooms that dispatchers give to calls whose rules have warm agents, and the calls that wait for them. Thread-safe. */
final class GivenRooms {
    private static final Logger LOG = Logger.getLogger(GivenRooms.class);

    private final RoomDecision decision = new RoomDecision();
    private final Map<String, CompletableFuture<Optional<String>>> waiting = new HashMap<>();
    private final Executor threads;
    private final LongSupplier nanoTime;
    private final RelayMetrics metrics;

    /**
     * @param threads where a call continues when its wait is over
     * @param nanoTime as {@link System#nanoTime}
     */
    GivenRooms(Executor threads, LongSupplier nanoTime, RelayMetrics metrics) {
        this.threads = threads;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
    }

    /** @return completes within {@link RoomDecision#WAIT} with the room that the call was given; empty for the route's own */
    CompletionStage<Optional<String>> of(String call) {
        var room = new CompletableFuture<Optional<String>>();
        synchronized (this) {
            if (decision.asked(call, nowMillis()) instanceof Verdict.Enter(Optional<String> given)) {
                return CompletableFuture.completedStage(decided(given));
            }
            waiting.put(call, room);
        }
        CompletableFuture.delayedExecutor(RoomDecision.WAIT.toMillis(), TimeUnit.MILLISECONDS, threads).execute(() -> due(call));
        return room;
    }

    /** A dispatcher names the room. @param room empty if no agent waits */
    void said(String call, Optional<String> room) {
        Optional<CompletableFuture<Optional<String>>> waits;
        synchronized (this) {
            waits = decision.said(call, room, nowMillis()).map(verdict -> waiting.remove(call));
        }
        waits.ifPresent(future -> future.complete(decided(room)));
    }

    private void due(String call) {
        Optional<CompletableFuture<Optional<String>>> waits;
        synchronized (this) {
            waits = decision.due(call, nowMillis()).map(verdict -> waiting.remove(call));
        }
        waits.ifPresent(future -> {
            LOG.warnf("call=%s no dispatcher reported within %d ms whether an agent is waiting", call, RoomDecision.WAIT.toMillis());
            metrics.roomNotSaid();
            future.complete(Optional.empty());
        });
    }

    private Optional<String> decided(Optional<String> room) {
        metrics.roomSaid(room.isPresent());
        return room;
    }

    private long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong());
    }
}
