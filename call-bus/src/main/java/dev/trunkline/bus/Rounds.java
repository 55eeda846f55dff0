package dev.trunkline.bus;

import java.time.Duration;

/**
 * A thread of its own that repeats one task until it is closed. Anything that a round throws, even an Error, is counted,
 * and the next round runs all the same.
 */
public final class Rounds implements AutoCloseable {
    /** The pause before the round after one that threw. */
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Round round;
    private final ContainedFaults faults;
    private final Thread thread;
    private volatile boolean closing;

    /** The repeated task. */
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

    /** Whether the thread is alive. */
    public boolean alive() {
        return thread.isAlive();
    }

    private void run() {
        while (!closing) {
            try {
                Thread.sleep(round.run());
            } catch (InterruptedException e) {
                // Only close() ends the rounds, and the loop checks for that next.
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

    /** Interrupts the round, and waits a while until it ends. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            // A thread that was never started has already ended.
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
