package dev.trunkline.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The servers on which the services depend and that run as children of this process. Thread-safe. */
final class Stores {
    private final List<AutoCloseable> running = new ArrayList<>();
    private final Map<String, Long> pids = new TreeMap<>();

    /** @param name of the part; a restarted part keeps its name */
    synchronized void add(String name, AutoCloseable store, long pid) {
        running.add(store);
        pids.put(name, pid);
    }

    /** Returns process ids by part, for running and for stopped parts. */
    synchronized Map<String, Long> pids() {
        return Map.copyOf(pids);
    }

    /** @throws IllegalStateException if no store of this kind runs */
    synchronized void stop(Class<? extends AutoCloseable> kind) throws IOException {
        AutoCloseable store = running.stream()
                .filter(kind::isInstance)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(kind.getSimpleName() + " is not running"));
        running.remove(store);
        try {
            store.close();
        } catch (Exception e) {
            throw new IOException(kind.getSimpleName() + " did not stop", e);
        }
    }

    /**
     * Stops all stores in parallel.
     *
     * @param progress receives a message for each, also for those that did not stop by themselves
     * @param atMost after which the rest is killed
     */
    synchronized void stopAll(Progress progress, Duration atMost) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            running.forEach(store -> executor.submit(() -> stop(store, progress)));
            executor.shutdown();
            if (!ended(executor, atMost)) {
                executor.shutdownNow();
            }
        }
        running.clear();
    }

    private static boolean ended(ExecutorService executor, Duration atMost) {
        try {
            return executor.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void stop(AutoCloseable store, Progress progress) {
        String name = store.getClass().getSimpleName().replace("Server", "").toLowerCase(Locale.ROOT);
        try {
            store.close();
            // An interrupt makes it kill the process that it waits for.
            progress.say(name + (Thread.currentThread().isInterrupted() ? " did not stop in time and was killed" : " has stopped"));
        } catch (Exception e) {
            progress.say(name + " did not stop by itself: " + e.getMessage());
        }
    }
}
