package dev.trunkline.router.provisioning.link;

import dev.trunkline.router.provisioning.Kind;
import dev.trunkline.router.provisioning.Known;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The Redis of livekit-server, which holds trunks and rules as hashes of protobuf messages by their ids. LiveKit's API
 * gives every created item a new id, but people's scripts contain the ids. Items are therefore written back directly
 * into Redis.
 *
 * <p>A key of our own distinguishes a wipe from deletions: if it is missing, everything else is missing too. For one
 * thread.
 */
final class LiveKitStore implements AutoCloseable {
    static final String MARKER = "trunkline:provisioning";
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Map<Kind, String> HASHES = Map.of(
            Kind.INBOUND_TRUNK, "sip_inbound_trunk", Kind.OUTBOUND_TRUNK, "sip_outbound_trunk", Kind.RULE, "sip_dispatch_rule");

    private final RedisClient client;
    private Optional<StatefulRedisConnection<String, byte[]>> connection = Optional.empty();

    /** @throws IllegalArgumentException if the URL is not valid */
    LiveKitStore(String url) {
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(PATIENCE);
        this.client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder().connectTimeout(PATIENCE).build())
                .build());
    }

    /** @throws IOException if Redis does not answer */
    boolean marked() throws IOException {
        return tried(redis -> redis.exists(MARKER) > 0);
    }

    /** Sets the mark: items that are missing from now on were deleted. @throws IOException if Redis does not answer */
    void mark() throws IOException {
        tried(redis -> redis.set(MARKER, new byte[] {'1'}));
    }

    /**
     * Writes back missing items; an item that was created again under the same id stays.
     *
     * @return how many were written
     * @throws IOException if Redis does not answer; then the mark must not be set
     */
    int restore(List<Known> items) throws IOException {
        return tried(redis -> {
            int written = 0;
            for (Known item : items) {
                if (redis.hsetnx(HASHES.get(item.key().kind()), item.key().id(), Base64.getDecoder().decode(item.raw()))) {
                    written++;
                }
            }
            return written;
        });
    }

    @FunctionalInterface
    private interface Asking<T> {
        T ask(RedisCommands<String, byte[]> redis);
    }

    private <T> T tried(Asking<T> asking) throws IOException {
        try {
            if (connection.isEmpty()) {
                connection = Optional.of(client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE)));
            }
            return asking.ask(connection.get().sync());
        } catch (RedisException e) {
            throw new IOException("LiveKit's Redis does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
