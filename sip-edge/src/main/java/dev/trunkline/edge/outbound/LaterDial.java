package dev.trunkline.edge.outbound;

import dev.trunkline.sip.ClientTransaction;
import dev.trunkline.sip.Delays;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** An outbound call that waits for its trunk to be known, and is then dialled, or when it has waited long enough. Thread-safe. */
final class LaterDial implements ClientTransaction {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Delays delays;
    private final BooleanSupplier due;
    private final Supplier<ClientTransaction> dial;
    private final Runnable givenUp;
    /** Guarded by this, as is all of the state; no callback is called while it is held. */
    private boolean begun;
    private boolean cancelled;
    private Optional<ClientTransaction> dialled = Optional.empty();

    private LaterDial(Delays delays, BooleanSupplier due, Supplier<ClientTransaction> dial, Runnable givenUp) {
        this.delays = delays;
        this.due = due;
        this.dial = dial;
        this.givenUp = givenUp;
    }

    /**
     * @param longest how long it waits
     * @param due whether it no longer needs to wait
     * @param dial called once, on the thread of the delays, unless it is cancelled before
     * @param givenUp called once if it is cancelled before
     */
    static ClientTransaction begin(
            Delays delays, Duration longest, BooleanSupplier due, Supplier<ClientTransaction> dial, Runnable givenUp) {
        var later = new LaterDial(delays, due, dial, givenUp);
        later.look(longest);
        return later;
    }

    private void look(Duration left) {
        if (due.getAsBoolean() || left.isNegative() || left.isZero()) {
            // Records that were read until now are handled on that thread first.
            delays.execute(this::dial);
        } else {
            delays.after(LOOK, () -> look(left.minus(LOOK)));
        }
    }

    private void dial() {
        synchronized (this) {
            if (cancelled) {
                return;
            }
            begun = true;
        }
        ClientTransaction transaction = dial.get();
        boolean meanwhile;
        synchronized (this) {
            dialled = Optional.of(transaction);
            meanwhile = cancelled;
        }
        if (meanwhile) {
            transaction.cancel();
        }
    }

    @Override
    public void cancel() {
        boolean first;
        boolean waiting;
        Optional<ClientTransaction> transaction;
        synchronized (this) {
            first = !cancelled;
            cancelled = true;
            waiting = !begun;
            transaction = dialled;
        }
        if (waiting && first) {
            givenUp.run();
        } else {
            transaction.ifPresent(ClientTransaction::cancel);
        }
    }
}
