package dev.trunkline.local;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/**
 * Ctrl-C (SIGINT), SIGTERM and the end of the terminal (SIGHUP). The first of them interrupts the thread that holds the suite,
 * which then stops it in order; a Ctrl-C after that ends everything at once. Without this the JVM would end by itself at the
 * first and could not be told a second time.
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
     * From now on. SIGINT counts also where the shell had it ignored when it started this process, as it does for one in the
     * background of a script: whoever starts a suite there must be able to stop it by that, too. SIGHUP stays ignored where
     * {@code nohup} has said so.
     *
     * @param holder is interrupted by the first signal
     * @param atOnce run when a Ctrl-C follows; the process ends after it
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

    /** As shells count it: 130 after Ctrl-C, 143 after SIGTERM; 0 if there was no signal. */
    int exitCode() {
        return first.get();
    }
}
