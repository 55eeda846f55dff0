package dev.trunkline.demoagent.worker;

import java.net.URI;

/**
 * What to register, and where.
 *
 * @param livekit the server: {@code ws}, {@code wss}, {@code http} or {@code https}
 * @param agentName the agent name used in dispatches
 */
public record WorkerSettings(URI livekit, String key, String secret, String agentName) {

    URI socket() {
        String base = livekit.toString().replaceFirst("^http", "ws").replaceFirst("/$", "");
        return URI.create(base + "/agent");
    }

    /** Leaves key and secret out, because this text may end up in a log. */
    @Override
    public String toString() {
        return agentName + " at " + livekit;
    }
}
