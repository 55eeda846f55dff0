package dev.trunkline.limiter.live;

import dev.trunkline.events.CallId;
import dev.trunkline.limiter.ledger.CallLedger;
import dev.trunkline.limiter.ledger.CallLedger.Standing;
import dev.trunkline.limiter.ledger.LedgerUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Corrects the topic {@code live-calls}: calls whose lease has expired, calls that ended while no limiter was running or
 * whose tombstone was overtaken when a partition moved, calls that a limiter admitted and was killed before it published
 * them. Every limiter does so for all calls; two limiters publish the same.
 *
 * <p>Nothing is compared while Kafka is not read, events wait, or Redis is unavailable: a call is not over because its
 * events were not received. For one thread.
 */
public final class LiveKeeper {
    private static final Logger LOG = Logger.getLogger(LiveKeeper.class);
    /** How many calls one script asks Redis about, which takes it some tenths of a millisecond. */
    private static final int CHUNK = 200;
    /**
     * Searches for calls that are missing on the topic are this many times rarer, because Redis has to list all calls
     * that hold a slot.
     */
    private static final int EVERY = 5;

    private final LiveCalls calls;
    private final LiveTable table;
    private final CallLedger ledger;
    private final LiveComparison comparison;
    private final BooleanSupplier hearing;
    private final Supplier<Duration> leeway;
    private final LongSupplier nanoTime;
    private int looks;

    /**
     * @param hearing whether all events are handled, Redis answers, and the topic is read
     * @param leeway for how long heartbeats may have been missed recently
     */
    public LiveKeeper(
            LiveCalls calls,
            LiveTable table,
            CallLedger ledger,
            Duration lease,
            BooleanSupplier hearing,
            Supplier<Duration> leeway,
            LongSupplier nanoTime) {
        this.calls = calls;
        this.table = table;
        this.ledger = ledger;
        this.comparison = new LiveComparison(lease);
        this.hearing = hearing;
        this.leeway = leeway;
        this.nanoTime = nanoTime;
    }

    /** Looks once. Called repeatedly. @return how many calls were published again or withdrawn */
    public int look() throws InterruptedException {
        if (!hearing.getAsBoolean()) {
            comparison.forget();
            return 0;
        }
        try {
            int corrected = withdraw();
            return looks++ % EVERY == 0 ? corrected + say() : corrected;
        } catch (LedgerUnavailableException e) {
            comparison.forget();
            LOG.debugf("the comparison of the live calls with Redis failed: %s", e.getMessage());
            return 0;
        }
    }

    private int withdraw() throws InterruptedException {
        List<CallId> said = table.calls();
        Map<CallId, Standing> standings = new HashMap<>();
        for (int from = 0; from < said.size(); from += CHUNK) {
            List<CallId> some = said.subList(from, Math.min(from + CHUNK, said.size()));
            standings.putAll(ledger.standings(some, leeway.get()));
        }
        List<CallId> gone = comparison.gone(standings, nanoTime.getAsLong());
        for (CallId call : gone) {
            LOG.infof("call=%s no longer holds a slot (%s): it is removed from the live calls", call, standings.get(call));
            calls.gone(call);
        }
        return gone.size();
    }

    private int say() throws InterruptedException {
        Set<CallId> unsaid = comparison.unsaid(
                ledger.held(leeway.get(), LiveTable.MOST), Set.copyOf(table.calls()));
        int said = 0;
        for (CallId call : unsaid) {
            if (saidAgain(call)) {
                LOG.infof("call=%s holds a slot: it is published as live again", call);
                said++;
            }
        }
        return said;
    }

    private boolean saidAgain(CallId call) throws InterruptedException {
        try {
            return calls.again(call, Optional.empty()).toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new LedgerUnavailableException(e.getCause().getMessage());
        }
    }
}
