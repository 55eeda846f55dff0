package dev.trunkline.bench;

import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** LiveKit's own Python worker, which echoes, while it is measured. */
final class PythonWorker implements AutoCloseable {
    /** Its name among the measured processes. */
    static final String NAME = "python-worker";
    /** Its agent name in the rule of the demo data. */
    private static final String AGENT = "python-echo";
    private static final String REGISTERED = "registered worker";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int END_SECONDS = 10;
    private static final int MOST_IDLE = 4;

    private final Process process;
    private final Path log;

    private PythonWorker(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Finds a Python that has LiveKit's agents SDK: the one that {@code TRUNKLINE_PYTHON} names, that of the system tests, or the
     * machine's.
     *
     * @return empty if none of them has it
     */
    static Optional<Path> installed(Path root, Optional<String> named) throws IOException, InterruptedException {
        for (Path python : named.map(path -> List.of(Path.of(path))).orElse(List.of(home(root).resolve("bin/python"), Path.of("python3")))) {
            if (hasAgents(python)) {
                return Optional.of(python);
            }
        }
        return Optional.empty();
    }

    /** Returns instructions for the case that none is installed. */
    static String howToInstall(Path root) throws IOException {
        Path home = home(root);
        return """
                LiveKit's Python worker is not installed here. To install it (120 MB from PyPI):
                  python3 -m venv %s
                  %s/bin/pip install -r %s
                or name a Python (3.10 or later) that has livekit-agents: TRUNKLINE_PYTHON=/path/to/python"""
                .formatted(home, home, root.resolve("docs/agents/requirements.txt"));
    }

    /** Returns where the system tests install what that file requires. */
    private static Path home(Path root) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(Files.readAllBytes(root.resolve("docs/agents/requirements.txt")));
        return Path.of(System.getProperty("user.home"), ".cache/trunkline/python-%08x".formatted(sum.getValue()));
    }

    private static boolean hasAgents(Path python) throws InterruptedException {
        try {
            Process asked = new ProcessBuilder(python.toString(), "-c", "import importlib.util as u; exit(not u.find_spec('livekit.agents'))")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return asked.waitFor(20, TimeUnit.SECONDS) && asked.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Starts a worker and waits until LiveKit knows it.
     *
     * @param calls how many concurrent calls it is to take
     * @throws IOException that names its log if it does not register
     */
    static PythonWorker start(Path python, Path root, Path state, RunningSuite suite, int calls) throws IOException, InterruptedException {
        Path log = Files.createDirectories(state.resolve("bench")).resolve("python-worker.log");
        ProcessBuilder builder = new ProcessBuilder(
                python.toString(), "-u", root.resolve("system-tests/src/main/python/echo_worker.py").toString(), "start");
        builder.environment().putAll(Map.of(
                "LIVEKIT_URL", suite.liveKit(),
                "LIVEKIT_API_KEY", secret(state, "LIVEKIT_API_KEY", "livekit-key"),
                "LIVEKIT_API_SECRET", secret(state, "LIVEKIT_API_SECRET", "livekit-secret"),
                "AGENT_NAME", AGENT,
                "AGENT_CALLS", Integer.toString(calls),
                "AGENT_IDLE", Integer.toString(Math.min(calls, MOST_IDLE))));
        Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        process.getOutputStream().close();
        PythonWorker worker = new PythonWorker(process, log);
        worker.awaitRegistered();
        return worker;
    }

    /** Returns a secret: from the environment where the suite uses somebody else's server. */
    private static String secret(Path state, String variable, String kept) throws IOException {
        String given = System.getenv(variable);
        return given == null ? RunningSuite.secret(state, kept) : given;
    }

    private void awaitRegistered() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isRegistered()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IOException("LiveKit's Python worker did not register with LiveKit, see " + log);
            }
            Thread.sleep(100);
        }
    }

    private boolean isRegistered() throws IOException {
        try (Stream<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines()) {
            return lines.anyMatch(line -> line.contains(REGISTERED));
        }
    }

    long pid() {
        return process.pid();
    }

    /** Ends the worker as a deployment would; what still runs after ten seconds is killed. */
    @Override
    public void close() {
        List<ProcessHandle> parts = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        parts.forEach(ProcessHandle::destroyForcibly);
    }
}
