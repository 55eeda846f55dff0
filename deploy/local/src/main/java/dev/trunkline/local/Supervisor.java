package dev.trunkline.local;

import dev.trunkline.local.RestartPolicy.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Restarts parts of a suite that die while it runs, and reports it. A part that dies repeatedly is given up, and the suite continues
 * without it: ongoing calls are worth more than none, and calls that need the part are refused with its name.
 *
 * <p>Only {@code ./trunkline run} has one. A {@link Suite} that is started otherwise, as in tests that kill parts, has none.
 */
public final class Supervisor implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final Restart restart;
    private final Progress progress;
    private final InstantSource clock;
    private final ExecutorService watches = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("watch-", 0).factory());

    /** Restarts a part by its name, and waits until it is ready. */
    interface Restart {
        /** @throws IOException that names the part and its log */
        void of(String part) throws IOException, InterruptedException;
    }

    private Supervisor(Restart restart, Progress progress, InstantSource clock) {
        this.restart = restart;
        this.progress = progress;
        this.clock = clock;
    }

    /** Supervises the parts from now on. Close it before the parts are stopped. */
    static Supervisor over(Collection<ChildProcess> parts, Restart restart, Progress progress, InstantSource clock) {
        var supervisor = new Supervisor(restart, progress, clock);
        parts.forEach(part -> supervisor.watches.submit(() -> supervisor.watch(part)));
        return supervisor;
    }

    private void watch(ChildProcess part) {
        var policy = new RestartPolicy();
        try {
            while (true) {
                String death = "%s died (%s), see %s".formatted(part.name(), words(part.awaitExit()), part.log());
                switch (policy.died(clock.instant())) {
                    case Verdict.Restart(Duration after) -> again(part, death, after);
                    case Verdict.GiveUp(int deaths) -> {
                        progress.say("%s: it died %d times within a minute and is not restarted; the rest continues without it. "
                                .formatted(death, deaths) + "Stop the suite and start it again when the cause is fixed");
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            // The suite is stopped.
            Thread.currentThread().interrupt();
        }
    }

    private void again(ChildProcess part, String death, Duration after) throws InterruptedException {
        progress.say("%s: restarting it in %d s".formatted(death, after.toSeconds()));
        Thread.sleep(after);
        try {
            restart.of(part.name());
            progress.say(part.name() + " is up again");
        } catch (IOException e) {
            // If the part has died, the loop counts the next death.
            progress.say(e.getMessage());
        } catch (RuntimeException e) {
            progress.say(part.name() + " could not be restarted: " + e);
        }
    }

    /** Describes an exit code by the convention of shells: above 128, it is 128 plus the signal. */
    static String words(int exitCode) {
        return exitCode > 128 && exitCode <= 128 + 64
                ? String.format(Locale.ROOT, "signal %d%s", exitCode - 128, exitCode == 137 ? ", killed" : "")
                : "exit code " + exitCode;
    }

    /** Stops supervising. A part that died before this call is not restarted. */
    @Override
    public void close() {
        watches.shutdownNow();
        try {
            watches.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
