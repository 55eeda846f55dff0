package dev.trunkline.local;

import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.ObjLongConsumer;

/** Starts Redis, Postgres and livekit-server, at the start of the suite and after one was stopped. */
final class StoreStarts {
    private final SuiteSettings settings;
    private final Secrets secrets;
    private final Stores stores;
    private final Progress progress;
    private final ObjLongConsumer<String> ready;

    /**
     * @param stores receives every store that is started
     * @param ready receives each part that is ready, with its process id
     */
    StoreStarts(SuiteSettings settings, Secrets secrets, Stores stores, Progress progress, ObjLongConsumer<String> ready) {
        this.settings = settings;
        this.secrets = secrets;
        this.stores = stores;
        this.progress = progress;
        this.ready = ready;
    }

    /** @param isUp completed with the address, or with the reason why there is none */
    RedisServer redis(int port, CompletableFuture<String> isUp) throws IOException {
        try {
            RedisServer redis = redis(port);
            isUp.complete(redis.url());
            return redis;
        } catch (IOException | RuntimeException e) {
            isUp.completeExceptionally(e);
            throw e;
        }
    }

    RedisServer redis(int port) throws IOException {
        RedisServer redis = RedisServer.start(port, secrets.redisPassword(), settings.log("redis")::writeOrLose);
        return started("redis", redis, redis.pid());
    }

    /** Starts Postgres with its existing data. */
    PostgresServer postgres(int port) throws IOException {
        PostgresServer postgres =
                PostgresServer.start(settings.state().resolve("data/postgres"), settings.log("postgres"), port, secrets.postgres());
        return started("postgres", postgres, postgres.pid());
    }

    /**
     * Starts a LiveKit server without rooms, unless one runs elsewhere.
     *
     * @param redis is awaited if LiveKit's SIP API is enabled: the API works only over a Redis, and livekit-server does not start
     *     before that Redis is up
     */
    URI liveKit(CompletableFuture<String> redis) throws IOException {
        if (settings.liveKitUrl().isPresent()) {
            return settings.liveKitUrl().get();
        }
        var server = new LiveKitSettings(settings.liveKitPort(), key(), secret(), List.of(), redisOf(redis));
        Path folder = settings.state().resolve("data/livekit");
        LiveKitServer liveKit = LiveKitServer.start(LiveKitBinary.find(progress::say), folder, settings.log("livekit"), server);
        started("livekit", liveKit, liveKit.pid());
        return server.url();
    }

    /** Returns the key of the LiveKit server that the suite uses. */
    String key() {
        return settings.liveKitKey().orElse(secrets.liveKitKey());
    }

    /** Returns the secret that belongs to {@link #key()}. */
    String secret() {
        return settings.liveKitSecret().orElse(secrets.liveKitSecret());
    }

    private Optional<String> redisOf(CompletableFuture<String> isUp) throws IOException {
        try {
            return settings.liveKitSip() ? Optional.of(isUp.join()) : Optional.empty();
        } catch (CompletionException e) {
            throw new IOException("livekit-server is not started without Redis", e.getCause());
        }
    }

    private <T extends AutoCloseable> T started(String name, T store, long pid) {
        stores.add(name, store, pid);
        ready.accept(name, pid);
        return store;
    }
}
