package dev.trunkline.system.soak;

import dev.trunkline.phone.Call;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.SuiteUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** As many callers as calls are to be held: each places one call after another, with what it does chosen by a seed. */
final class Crowd implements AutoCloseable {
    /** Callers begin this long after one another, because a machine cannot set up all calls at once. */
    private static final long RAMP_MILLIS = 400;
    private static final long SHORTEST_PAUSE_MILLIS = 200;
    private static final int PAUSE_MILLIS = 1_300;
    /** Longer than any deed takes once it is told to stop. */
    private static final long LAST_CALLS_SECONDS = 180;

    private final Phone phone;
    private final Stage stage;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    private Crowd(SuiteUnderTest suite, Events events) {
        this.phone = suite.phone();
        this.stage = new Stage(suite, phone, events);
    }

    /** Begins with the first call. */
    static Crowd start(SuiteUnderTest suite, Events events, int calls, long seed) {
        Crowd callers = new Crowd(suite, events);
        // The busy number is busy only while somebody is in.
        callers.running.add(callers.executor.submit(() -> callers.call(new Random(seed - 1), 0, List.of(Deed.CALLS_A_BUSY_NUMBER))));
        for (int i = 0; i < calls; i++) {
            Random random = new Random(seed + 1 + i);
            long after = i * RAMP_MILLIS;
            callers.running.add(callers.executor.submit(() -> callers.call(random, after, List.of())));
        }
        return callers;
    }

    /** Mostly 5 to 45 s, some of 1 to 4 min, a few of 10 to 20 min; in milliseconds. */
    private static long length(Random random) {
        int kind = random.nextInt(100);
        if (kind < 85) {
            return 5_000 + random.nextInt(40_000);
        }
        return kind < 97 ? 60_000 + random.nextInt(180_000) : 600_000 + random.nextInt(600_000);
    }

    /** @param only the deeds to choose from; empty for all, by their shares */
    private void call(Random random, long afterMillis, List<Deed> only) {
        stage.pause(afterMillis);
        while (!stage.isStopping()) {
            Deed deed = only.isEmpty() ? Deed.pick(random) : only.get(random.nextInt(only.size()));
            Call call = stage.dial(deed, deed.number());
            try {
                deed.go(call, stage, length(random));
            } catch (Exception | AssertionError e) {
                failures.add(deed + ": " + e);
            } finally {
                stage.over(call);
            }
            stage.pause(SHORTEST_PAUSE_MILLIS + random.nextInt(PAUSE_MILLIS));
        }
    }

    Stage stage() {
        return stage;
    }

    /** Returns what the callers could not do, and why. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Places no more calls, and returns when all are over. A caller that does not end counts as one that failed. */
    void stop() throws InterruptedException {
        stage.stop();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_CALLS_SECONDS);
        for (Future<?> caller : running) {
            try {
                caller.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                failures.add("a caller stopped calling: " + e.getCause());
            } catch (TimeoutException e) {
                failures.add("a caller does not end");
            }
        }
    }

    @Override
    public void close() {
        stage.stop();
        executor.shutdownNow();
        phone.close();
    }
}
