package dev.trunkline.system.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A worker of LiveKit's agents SDK: the process that registers, and those that it starts for its calls. */
public final class AgentWorker implements AutoCloseable {
    /** Python and Node import a great deal, on a machine that is busy with other work. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String REGISTERED = "registered worker";

    private final Process process;
    private final Path log;

    private AgentWorker(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static AgentWorker start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new AgentWorker(builder.start(), log);
    }

    /** Waits until it is registered with LiveKit. */
    public AgentWorker awaitRegistered() {
        awaitLine(REGISTERED);
        return this;
    }

    /** Waits for a printed line with these words, and returns it. */
    public String awaitLine(String... words) {
        return Await.value("the worker prints " + List.of(words) + " (see " + log + ")", PATIENCE, () -> {
            Optional<String> found = lines().stream()
                    .filter(line -> List.of(words).stream().allMatch(line::contains))
                    .findFirst();
            if (found.isEmpty() && !process.isAlive()) {
                throw new AssertionError("the worker ended before it printed " + List.of(words) + ", see " + log);
            }
            return found;
        });
    }

    /** Returns what it has printed so far. */
    public List<String> lines() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it and all processes that it started, as when a machine fails. */
    public void kill() {
        List<ProcessHandle> parts = process.descendants().toList();
        process.destroyForcibly();
        parts.forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends it as a deployment would; what still runs after ten seconds is killed. */
    @Override
    public void close() {
        List<ProcessHandle> parts = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        parts.forEach(ProcessHandle::destroyForcibly);
    }
}
