package dev.trunkline.demoagent;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.demoagent.worker.WorkerSettings;
import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import dev.trunkline.rtc.ParticipantKind;
import io.livekit.server.AgentDispatchServiceClient;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A LiveKit server for tests, with the actions that a relay and a dispatcher would take. */
final class LiveKit implements AutoCloseable {
    private final LiveKitSettings settings;
    private final Backend server;

    LiveKit(int port, List<String> codecs) throws IOException {
        this.settings = new LiveKitSettings(port, "devkey", "a-secret-for-tests-of-32-characters", codecs);
        this.server = Backends.chosen().liveKit(settings);
    }

    void start() throws IOException {
        server.start();
    }

    void stop() throws IOException {
        server.stop();
    }

    LiveKitSettings settings() {
        return settings;
    }

    /** Returns the settings of an agent for up to 50 calls on this server. */
    AgentSettings agent() {
        return new AgentSettings(
                new WorkerSettings(settings.url(), settings.apiKey(), settings.apiSecret(), "demo"),
                Optional.of(InetAddress.getLoopbackAddress()), 50, 1, Duration.ZERO, Optional.of(settings.port() + 6));
    }

    String dispatch(String room) throws IOException {
        return dispatch(room, "");
    }

    String dispatch(String room, String metadata) throws IOException {
        return AgentDispatchServiceClient.createClient(
                        "http://127.0.0.1:" + settings.port(), settings.apiKey(), settings.apiSecret())
                .createDispatch(room, "demo", metadata)
                .execute()
                .body()
                .getId();
    }

    void deleteDispatch(String room, String id) throws IOException {
        AgentDispatchServiceClient.createClient(
                        "http://127.0.0.1:" + settings.port(), settings.apiKey(), settings.apiSecret())
                .deleteDispatch(room, id)
                .execute();
    }

    String token(String room, String identity, ParticipantKind kind, Map<String, String> attributes) {
        return JWT.create()
                .withIssuer(settings.apiKey())
                .withSubject(identity)
                .withExpiresAt(Instant.now().plusSeconds(600))
                .withClaim("kind", kind.name().toLowerCase(Locale.ROOT))
                .withClaim("attributes", attributes)
                .withClaim("video", Map.of(
                        "roomJoin", true, "room", room, "canPublish", true, "canSubscribe", true,
                        "canPublishData", true, "canUpdateOwnMetadata", true))
                .sign(Algorithm.HMAC256(settings.apiSecret()));
    }

    @Override
    public void close() {
        server.close();
    }
}
