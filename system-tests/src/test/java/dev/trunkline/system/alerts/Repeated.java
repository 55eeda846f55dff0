package dev.trunkline.system.alerts;

import java.time.Duration;
import java.util.Optional;

/** Something that is done again and again until it is closed. */
final class Repeated implements AutoCloseable {
    private final Thread thread;
    private volatile boolean closing;
    private volatile Optional<Exception> failure = Optional.empty();

    interface Step {
        void run() throws Exception;
    }

    private Repeated(Step step, Duration pause) {
        thread = Thread.ofVirtual().name("repeated").unstarted(() -> {
            try {
                while (!closing) {
                    step.run();
                    Thread.sleep(pause);
                }
            } catch (Exception e) {
                // While it is being closed, a step is interrupted.
                failure = closing ? Optional.empty() : Optional.of(e);
            }
        });
    }

    static Repeated every(Duration pause, Step step) {
        var repeated = new Repeated(step, pause);
        repeated.thread.start();
        return repeated;
    }

    /** @throws IllegalStateException if a step failed */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.interrupt();
        thread.join();
        failure.ifPresent(e -> {
            throw new IllegalStateException("it could not be repeated", e);
        });
    }
}
