package dev.trunkline.demoagent;

import dev.trunkline.demoagent.worker.WorkerSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the demo agent.
 *
 * @param worker server and name to register with
 * @param bind local address of all sockets; empty for any
 * @param mostJobs concurrent calls
 * @param loops media loops, each one thread
 * @param drain how long running calls may continue after SIGTERM
 * @param httpPort for health and metrics; empty for none
 */
record AgentSettings(
        WorkerSettings worker,
        Optional<InetAddress> bind,
        int mostJobs,
        int loops,
        Duration drain,
        Optional<Integer> httpPort) {

    /** @throws IllegalArgumentException that names the variable and what it should be */
    static AgentSettings from(Map<String, String> environment) {
        URI livekit = livekit(environment.getOrDefault("LIVEKIT_URL", "ws://127.0.0.1:7880"));
        String secret = environment.getOrDefault("LIVEKIT_API_SECRET", "");
        if (secret.isBlank()) {
            throw new IllegalArgumentException("LIVEKIT_API_SECRET is not set; it must be the secret of LIVEKIT_API_KEY");
        }
        var worker = new WorkerSettings(
                livekit,
                environment.getOrDefault("LIVEKIT_API_KEY", "devkey"),
                secret,
                environment.getOrDefault("AGENT_NAME", "demo"));
        int port = number(environment, "AGENT_HTTP_PORT", 0, 0, 65_535);
        return new AgentSettings(
                worker,
                bind(environment, livekit),
                number(environment, "AGENT_MAX_JOBS", 200, 1, 10_000),
                number(environment, "AGENT_MEDIA_LOOPS", 1, 1, 64),
                Duration.ofSeconds(number(environment, "AGENT_DRAIN_SECONDS", 3, 0, 3_600)),
                port == 0 ? Optional.empty() : Optional.of(port));
    }

    private static URI livekit(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && uri.getScheme().matches("wss?|https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Reported below.
        }
        throw new IllegalArgumentException("LIVEKIT_URL is " + text + "; it must be like ws://127.0.0.1:7880");
    }

    /** A server on loopback is reached from loopback, so that nothing is exposed to the network unnecessarily. */
    private static Optional<InetAddress> bind(Map<String, String> environment, URI livekit) {
        String address = environment.getOrDefault("TRUNKLINE_BIND", "");
        try {
            if (!address.isBlank()) {
                return Optional.of(InetAddress.getByName(address));
            }
            InetAddress server = InetAddress.getByName(livekit.getHost());
            return server.isLoopbackAddress() ? Optional.of(server) : Optional.empty();
        } catch (UnknownHostException e) {
            if (address.isBlank()) {
                return Optional.empty();
            }
            throw new IllegalArgumentException("TRUNKLINE_BIND is " + address + "; it must be an address of this machine");
        }
    }

    private static int number(Map<String, String> environment, String name, int usual, int least, int most) {
        String text = environment.getOrDefault(name, "");
        if (text.isBlank()) {
            return usual;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new IllegalArgumentException(
                name + " is " + text + "; it must be a whole number from " + least + " to " + most);
    }
}
