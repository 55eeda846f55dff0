package dev.trunkline.relay.calls;

import dev.trunkline.events.RelayState;
import dev.trunkline.relay.ports.PortPool;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Decides whether the relay takes further calls, and keeps it in the group only while it does. A relay that is alone
 * in the group stays although it is full: its refusals are final responses, and without it callers would get none.
 *
 * <pre>
 *   OPEN --full, and others are there--> AWAY --a tenth is free again--> OPEN
 *     `------------- drain() -------------------------------> DRAINING
 * </pre>
 *
 * A separate thread calls {@link #review} periodically: no call waits for what is asked there, nor for the components that are told.
 * Thread-safe; no lock is held while anybody waits.
 */
final class Capacity {
    private static final Logger LOG = Logger.getLogger(Capacity.class);
    /** While full: interval between two checks who else is in the group. */
    static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);

    private enum State {
        OPEN, AWAY, DRAINING
    }

    private final Calls calls;
    private final PortPool ports;
    private final int mostCalls;
    private final double rejoinAt;
    private final BooleanSupplier alone;
    private final Consumer<Boolean> membership;
    private final LongSupplier nanoTime;
    /** Used by the reviewing thread. */
    private long nextQuestion;
    private volatile State state = State.OPEN;

    /**
     * @param mostCalls concurrent calls
     * @param rejoinAt share of {@code mostCalls}, and of the ports, up to which a relay that was full takes calls again
     * @param alone whether no other relay is in the group; asked when this one is full, may block
     * @param membership told to leave (false) and to join (true) the group
     * @param nanoTime as {@link System#nanoTime}
     * @throws IllegalArgumentException if the share is out of range
     */
    Capacity(
            Calls calls,
            PortPool ports,
            int mostCalls,
            double rejoinAt,
            BooleanSupplier alone,
            Consumer<Boolean> membership,
            LongSupplier nanoTime) {
        if (!(rejoinAt > 0 && rejoinAt <= 1)) {
            throw new IllegalArgumentException(
                    "TRUNKLINE_RELAY_REJOIN_AT is " + rejoinAt + ": set it above 0 and to at most 1, for example 0.9");
        }
        this.calls = calls;
        this.ports = ports;
        this.mostCalls = mostCalls;
        this.rejoinAt = rejoinAt;
        this.alone = alone;
        this.membership = membership;
        this.nanoTime = nanoTime;
        this.nextQuestion = nanoTime.getAsLong();
    }

    boolean hasRoom() {
        return calls.count() < mostCalls;
    }

    private boolean full() {
        return !hasRoom() || ports.available() == 0;
    }

    /** Returns whether a relay that left has room enough to come back: one place at least. */
    private boolean spacious() {
        return !full() && calls.count() <= rejoinAt * mostCalls && ports.size() - ports.available() <= rejoinAt * ports.size();
    }

    /** Returns what the relay does with new calls. */
    RelayState now() {
        return switch (state) {
            case DRAINING -> RelayState.DRAINING;
            case AWAY -> RelayState.FULL;
            case OPEN -> full() ? RelayState.FULL : RelayState.TAKING;
        };
    }

    /** Checks how full the relay is. Blocks if it must ask who else is in the group; for one thread only. */
    void review() {
        switch (state) {
            case DRAINING -> {}
            case AWAY -> {
                if (spacious()) {
                    back();
                }
            }
            case OPEN -> {
                if (full() && nanoTime.getAsLong() - nextQuestion >= 0) {
                    // Counted from the answer, because waiting for one that does not come takes time too.
                    try {
                        if (!alone.getAsBoolean()) {
                            away();
                        }
                    } finally {
                        nextQuestion = nanoTime.getAsLong() + BETWEEN_QUESTIONS.toNanos();
                    }
                }
            }
        }
    }

    private synchronized void away() {
        if (state == State.OPEN && full()) {
            LOG.warnf("full with %d calls, leaving new ones to other relays", calls.count());
            state = State.AWAY;
            membership.accept(false);
        }
    }

    private synchronized void back() {
        if (state == State.AWAY) {
            LOG.infof("taking calls again, %d in progress", calls.count());
            state = State.OPEN;
            membership.accept(true);
        }
    }

    /** Takes no further calls, for good. */
    synchronized void drain() {
        if (state != State.DRAINING) {
            state = State.DRAINING;
            membership.accept(false);
        }
    }

    boolean draining() {
        return state == State.DRAINING;
    }
}
