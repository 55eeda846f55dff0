package dev.trunkline.local;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/**
 * Handles Ctrl-C (SIGINT), SIGTERM and the closing of the terminal (SIGHUP). The first signal interrupts the thread that holds the
 * suite, which then stops it in order; a Ctrl-C after that ends everything at once. Without this class the JVM would exit at the
 * first signal and could not receive a second one.
 */
final class StopSignals {
    private final AtomicInteger first = new AtomicInteger();
    private final Thread holder;
    private final Runnable atOnce;

    private StopSignals(Thread holder, Runnable atOnce) {
        this.holder = holder;
        this.atOnce = atOnce;
    }

    /**
     * Handles signals from now on. SIGINT counts even if the shell ignored it when it started this process, as it does for a
     * background process of a script, because a suite that is started there must be stoppable with SIGINT too. SIGHUP stays ignored
     * under {@code nohup}.
     *
     * @param holder is interrupted by the first signal
     * @param atOnce runs when a Ctrl-C follows; the process exits after it
     */
    static StopSignals interrupting(Thread holder, Runnable atOnce) {
        IgnoredInterrupt.undo();
        var signals = new StopSignals(holder, atOnce);
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            Signal.handle(new Signal(name), signals::handle);
        }
        return signals;
    }

    private void handle(Signal signal) {
        if (first.compareAndSet(0, 128 + signal.getNumber())) {
            holder.interrupt();
        } else if (signal.getName().equals("INT")) {
            try {
                atOnce.run();
            } finally {
                Runtime.getRuntime().halt(128 + signal.getNumber());
            }
        }
    }

    /** Returns the code by the convention of shells: 130 after Ctrl-C, 143 after SIGTERM; 0 if there was no signal. */
    int exitCode() {
        return first.get();
    }
}
