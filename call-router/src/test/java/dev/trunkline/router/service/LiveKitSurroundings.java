package dev.trunkline.router.service;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real livekit-server and its Redis, from which the service takes trunks and rules. Used together with {@link RouterSurroundings}. */
public class LiveKitSurroundings implements QuarkusTestResourceLifecycleManager {
    static final String KEY = "devkey";
    static final String SECRET = "a-secret-for-tests-of-32-characters";
    private static final String PASSWORD = "a-password-of-the-tests";
    private static final int REDIS_PORT = RouterSurroundings.HTTP_PORT + 4;
    private static final int LIVEKIT_PORT = RouterSurroundings.HTTP_PORT + 5;
    static final String URL = "http://127.0.0.1:" + LIVEKIT_PORT;

    private Backend redis;
    private Backend liveKit;

    @Override
    public Map<String, String> start() {
        try {
            redis = Backends.chosen().redis(REDIS_PORT, PASSWORD);
            liveKit = Backends.chosen().liveKit(new LiveKitSettings(LIVEKIT_PORT, KEY, SECRET, List.of(), Optional.of(redis.address())));
        } catch (IOException e) {
            throw new IllegalStateException("no Redis or LiveKit for the tests", e);
        }
        return Map.of(
                "trunkline.provisioning.url", URL,
                "trunkline.provisioning.key", KEY,
                "trunkline.provisioning.secret", SECRET,
                "trunkline.provisioning.redis", redis.address(),
                "trunkline.provisioning.organisation", "acme");
    }

    /** Tests that need to wipe or stop Redis declare a field of this type. */
    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(LiveKitSurroundings.class));
    }

    String redis() {
        return redis.address();
    }

    void restartRedis() throws IOException {
        redis.stop();
        redis.start();
    }

    @Override
    public void stop() {
        if (liveKit != null) {
            liveKit.close();
        }
        if (redis != null) {
            redis.close();
        }
    }
}
