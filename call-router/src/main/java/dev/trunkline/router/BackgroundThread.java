package dev.trunkline.router;

import java.time.Duration;

/** A thread that works until it is closed: it is interrupted then, and has a while to end. */
public final class BackgroundThread implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Thread thread;
    private volatile boolean closing;

    /** @param work returns soon after an interrupt, or when {@link #closing} says so */
    public BackgroundThread(String name, Runnable work) {
        this.thread = Thread.ofPlatform().name(name).unstarted(work);
    }

    public void start() {
        thread.start();
    }

    public boolean closing() {
        return closing;
    }

    @Override
    public void close() {
        closing = true;
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
