package dev.trunkline.bus;

import java.time.Duration;

/**
 * A thread of its own that does one thing again and again until it is closed. Whatever one round throws, an Error too, is
 * counted, and the next round comes all the same.
 */
public final class Rounds implements AutoCloseable {
    /** Before the round after one that threw. */
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Round round;
    private final ContainedFaults faults;
    private final Thread thread;
    private volatile boolean closing;

    /** What is done again and again. */
    @FunctionalInterface
    public interface Round {
        /** @return the pause before the next; throws InterruptedException soon after it is interrupted */
        Duration run() throws InterruptedException;
    }

    /** @param name of the thread, and of the place in {@link ContainedFaults} */
    public Rounds(String name, Round round, ContainedFaults faults) {
        this.name = name;
        this.round = round;
        this.faults = faults;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    public Rounds start() {
        thread.start();
        return this;
    }

    /** Whether rounds are made. */
    public boolean alive() {
        return thread.isAlive();
    }

    private void run() {
        while (!closing) {
            try {
                Thread.sleep(round.run());
            } catch (InterruptedException e) {
                // Only close() ends the rounds; the loop looks at that next.
            } catch (Throwable fault) {
                contain(fault);
            }
        }
    }

    private void contain(Throwable fault) {
        faults.caught(name, fault);
        try {
            Thread.sleep(AFTER_FAULT);
        } catch (InterruptedException e) {
            // As above.
        }
    }

    /** Interrupts the round, and waits a while for its end. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            // One that was never started has ended.
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
