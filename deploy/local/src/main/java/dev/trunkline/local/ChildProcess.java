package dev.trunkline.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** One process of the suite: how to start it, and the running process. */
public final class ChildProcess implements AutoCloseable {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(8);
    /** A killed process is gone after this time, unless the kernel itself hangs. */
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final LogFile log;
    private final ReadySign readySign;
    private volatile Map<String, String> besides = Map.of();
    private volatile boolean saidReady;
    private volatile Process process;

    /**
     * @param command without secrets, because every user of the machine can read it
     * @param environment added to the environment of this process
     * @param log receives standard output and error
     * @param readySign shows when the process can do its work
     */
    ChildProcess(
            String name, List<String> command, Map<String, String> environment, LogFile log, ReadySign readySign) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.log = log;
        this.readySign = readySign;
    }

    /**
     * Returns a process that is not part of a {@link Suite}, for tests that arrange the services in another way.
     *
     * @param command without secrets, because every user of the machine can read it
     * @param log receives standard output and error
     */
    public static ChildProcess of(
            String name, List<String> command, Map<String, String> environment, Path log, ReadySign readySign) {
        return new ChildProcess(name, command, environment, new LogFile(log, LogFile.DEFAULT_LIMITS), readySign);
    }

    public String name() {
        return name;
    }

    public Path log() {
        return log.path();
    }

    /** Returns the process's health page, if that page shows that it is ready. */
    public Optional<URI> health() {
        return readySign instanceof ReadySign.HealthPage(URI page) ? Optional.of(page) : Optional.empty();
    }

    /** @throws IllegalStateException if it was never started */
    public long pid() {
        return running().pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Adds to the environment from the next start on, and replaces what an earlier call added. For tests of the whole suite. */
    public void startsWith(Map<String, String> more) {
        besides = Map.copyOf(more);
    }

    public void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(OwnerOnly.command(command));
        builder.environment().putAll(environment);
        builder.environment().putAll(besides);
        saidReady = false;
        process = builder.redirectErrorStream(true).start();
        log.copy(process.getInputStream(), UnaryOperator.identity(), this::heard);
        process.getOutputStream().close();
    }

    private void heard(String line) {
        if (readySign instanceof ReadySign.LogLine(String text) && line.contains(text)) {
            saidReady = true;
        }
    }

    /** @throws IOException if the process ends or is not ready in time; the message names its log */
    public void awaitReady(HttpClient client, Duration atMost) throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < end) {
            if (!isAlive()) {
                throw new IOException(name + " ended with exit code " + running().exitValue() + ", see " + log());
            }
            if (isReady(client)) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IOException(name + " is not ready after " + atMost.toSeconds() + " s, see " + log());
    }

    private boolean isReady(HttpClient client) throws InterruptedException {
        return switch (readySign) {
            case ReadySign.HealthPage(URI page) -> answers(client, page);
            case ReadySign.LogLine(String ignored) -> saidReady;
            case ReadySign.None() -> true;
        };
    }

    private static boolean answers(HttpClient client, URI page) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(2)).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until the running process has exited. @return its exit code */
    int awaitExit() throws InterruptedException {
        return running().waitFor();
    }

    /** Sends SIGKILL, which looks like a crash to the other parts. */
    public void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /** Kills the process without waiting. */
    void killNow() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Asks the process to stop, without waiting. */
    public void askToStop() {
        if (process != null) {
            process.destroy();
        }
    }

    /**
     * Waits until the process has exited, and kills it if it has not exited in time.
     *
     * @return whether it exited by itself
     */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        if (process == null || process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            return true;
        }
        killNow();
        process.waitFor(KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return false;
    }

    /** Stops the process with SIGTERM, and with SIGKILL if it has not exited within 8 s. */
    @Override
    public void close() {
        askToStop();
        try {
            awaitEnd(STOP_PATIENCE);
        } catch (InterruptedException e) {
            killNow();
            Thread.currentThread().interrupt();
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return process;
    }
}
