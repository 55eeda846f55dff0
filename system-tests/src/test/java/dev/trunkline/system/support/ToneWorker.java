package dev.trunkline.system.support;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A worker whose agents send a tone while they live. Key 0 makes the agent leave without changing the room; {@code #}
 * makes it close the room. {@code src/test/python/tone_worker.py}.
 */
public final class ToneWorker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern AGENT = Pattern.compile("agent of call (\\S+) is process (\\d+)");

    private final AgentWorker worker;

    ToneWorker(AgentWorker worker) {
        this.worker = worker;
    }

    public ToneWorker awaitRegistered() {
        worker.awaitRegistered();
        return this;
    }

    /** Returns the processes that are currently agents of a call, oldest first. */
    public List<ProcessHandle> agentsOf(String callId) {
        return worker.lines().stream()
                .map(AGENT::matcher)
                .filter(Matcher::find)
                .filter(agent -> agent.group(1).equals(callId))
                .flatMap(agent -> ProcessHandle.of(Long.parseLong(agent.group(2))).stream())
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    /** Kills the agent of a call by SIGKILL. */
    public void killAgentOf(String callId) {
        Await.value("an agent of call " + callId, PATIENCE, () -> last(callId)).destroyForcibly();
    }

    private Optional<ProcessHandle> last(String callId) {
        return agentsOf(callId).stream().reduce((first, second) -> second);
    }

    /** Kills the worker with all its agents. */
    public void kill() {
        worker.kill();
    }

    @Override
    public void close() {
        worker.close();
    }
}
