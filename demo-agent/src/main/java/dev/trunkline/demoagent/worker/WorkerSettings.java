package dev.trunkline.demoagent.worker;

import java.net.URI;

/**
 * Who registers, and where.
 *
 * @param livekit the server: {@code ws}, {@code wss}, {@code http} or {@code https}
 * @param agentName the name that dispatches ask for
 */
public record WorkerSettings(URI livekit, String key, String secret, String agentName) {

    URI socket() {
        String base = livekit.toString().replaceFirst("^http", "ws").replaceFirst("/$", "");
        return URI.create(base + "/agent");
    }

    /** Without key and secret: this text may end in a log. */
    @Override
    public String toString() {
        return agentName + " at " + livekit;
    }
}
