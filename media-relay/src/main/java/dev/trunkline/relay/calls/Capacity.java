package dev.trunkline.relay.calls;

import dev.trunkline.events.RelayState;
import dev.trunkline.relay.ports.PortPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Says whether the relay takes further calls, and sees that it is in the group only while it does. A relay that is alone
 * in the group stays although it is full: its refusals are final responses, and without it callers would hear none.
 *
 * <pre>
 *   OPEN --full, and others are there--> AWAY --room again--> OPEN
 *     `------------- drain() -------------------------------> DRAINING
 * </pre>
 *
 * Thread-safe.
 */
final class Capacity {
    private static final Logger LOG = Logger.getLogger(Capacity.class);

    private enum State {
        OPEN, AWAY, DRAINING
    }

    private final Calls calls;
    private final PortPool ports;
    private final int mostCalls;
    private final BooleanSupplier alone;
    private final Consumer<Boolean> membership;
    private final AtomicBoolean asking = new AtomicBoolean();
    private State state = State.OPEN;

    /**
     * @param mostCalls calls at once
     * @param alone whether no other relay is in the group; asked when this one is full, may wait
     * @param membership told to leave (false) and to join (true) the group
     */
    Capacity(Calls calls, PortPool ports, int mostCalls, BooleanSupplier alone, Consumer<Boolean> membership) {
        this.calls = calls;
        this.ports = ports;
        this.mostCalls = mostCalls;
        this.alone = alone;
        this.membership = membership;
    }

    boolean hasRoom() {
        return calls.count() < mostCalls;
    }

    private boolean full() {
        return !hasRoom() || ports.available() == 0;
    }

    /** What the relay does with new calls. */
    RelayState now() {
        if (draining()) {
            return RelayState.DRAINING;
        }
        return full() ? RelayState.FULL : RelayState.TAKING;
    }

    /** A call came or went, or a port has rested. Waits where it must be asked who else is there, and holds no lock meanwhile. */
    void review() {
        if (!full()) {
            back();
        } else if (open() && asking.compareAndSet(false, true)) {
            // One asks; whoever else comes meanwhile would hear the same.
            try {
                if (!alone.getAsBoolean()) {
                    away();
                }
            } finally {
                asking.set(false);
            }
        }
    }

    private synchronized boolean open() {
        return state == State.OPEN;
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

    synchronized boolean draining() {
        return state == State.DRAINING;
    }
}
