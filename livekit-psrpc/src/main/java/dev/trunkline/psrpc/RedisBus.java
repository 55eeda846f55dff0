package dev.trunkline.psrpc;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Redis as LiveKit's processes use it: one connection for subscriptions, one for everything else. Both are opened in the
 * background and reopened whenever they are lost, and subscriptions are restored. Incoming messages are handled on virtual
 * threads, never on the connection's own thread, up to a limit; messages beyond it are reported to the fault listener and
 * dropped. Thread-safe.
 */
public final class RedisBus implements AutoCloseable {
    /** The same as in every Go server. */
    private static final Duration LOCK = Duration.ofSeconds(5);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
    private static final int MOST_AT_ONCE = 4_096;
    private static final Logger LOG = Logger.getLogger(RedisBus.class);

    private final ClientResources resources;
    private final RedisClient client;
    private final FaultListener faults;
    private final Map<String, List<Consumer<byte[]>>> listeners = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final Thread connector;
    private volatile Optional<StatefulRedisPubSubConnection<byte[], byte[]>> ears = Optional.empty();
    private volatile Optional<StatefulRedisConnection<byte[], byte[]>> commands = Optional.empty();

    /** A subscription or registration, which ends when it is closed. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @param url {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss://} for TLS
     * @param patience timeout of one command
     * @throws IllegalArgumentException if the URL is invalid
     */
    public RedisBus(String url, Duration patience, FaultListener faults) {
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(patience);
        this.faults = faults;
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.exponential(50, 1_000, TimeUnit.MILLISECONDS, 2))
                .build();
        this.client = RedisClient.create(resources, uri);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(patience))
                .socketOptions(SocketOptions.builder().connectTimeout(Duration.ofSeconds(1)).build())
                .build());
        client.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
                // Lettuce does not know of subscriptions that changed while Redis was unavailable.
                ears.filter(ear -> ear == connection).ifPresent(ear -> subscribeToAll());
            }
        });
        this.connector = Thread.ofVirtual().name("psrpc-connect").unstarted(this::connect);
    }

    /** Starts to connect, and does not wait for it. */
    public RedisBus start() {
        connector.start();
        return this;
    }

    private void connect() {
        boolean said = false;
        while (true) {
            try {
                if (commands.isEmpty()) {
                    commands = Optional.of(client.connect(ByteArrayCodec.INSTANCE));
                }
                StatefulRedisPubSubConnection<byte[], byte[]> ear = client.connectPubSub(ByteArrayCodec.INSTANCE);
                ear.addListener(new RedisPubSubAdapter<>() {
                    @Override
                    public void message(byte[] channel, byte[] message) {
                        heard(new String(channel, StandardCharsets.UTF_8), message);
                    }
                });
                ears = Optional.of(ear);
                subscribeToAll();
                LOG.info("connected to LiveKit's Redis");
                return;
            } catch (RedisException e) {
                if (!said) {
                    LOG.warnf("LiveKit's Redis is not available yet, retrying every second: %s", e.getMessage());
                    said = true;
                }
            }
            try {
                Thread.sleep(BETWEEN_ATTEMPTS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void told(Consumer<byte[]> listener, byte[] message) {
        try {
            listener.accept(message);
        } catch (RejectedExecutionException e) {
            // Closed in the meantime.
        } catch (Throwable fault) {
            faults.caught("psrpc-message", fault);
        } finally {
            room.release();
        }
    }

    private void subscribeToAll() {
        byte[][] channels = listeners.keySet().stream().map(RedisBus::octets).toArray(byte[][]::new);
        if (channels.length > 0) {
            ears.ifPresent(ear -> ear.async().subscribe(channels));
        }
    }

    /** Takes a message on the connection's thread. */
    private void heard(String channel, byte[] message) {
        for (Consumer<byte[]> listener : listeners.getOrDefault(channel, List.of())) {
            if (!room.tryAcquire()) {
                faults.caught("psrpc-full", new IllegalStateException("more than " + MOST_AT_ONCE + " messages at once: one was dropped"));
                return;
            }
            try {
                threads.execute(() -> told(listener, message));
            } catch (RejectedExecutionException e) {
                // This bus is being closed, and its messages are no longer wanted.
                room.release();
            }
        }
    }

    /**
     * Subscribes to a channel: at once if Redis is available, otherwise as soon as it is.
     *
     * @param listener receives each message on a virtual thread, several at once; must not block for long
     */
    Subscription subscribe(String channel, Consumer<byte[]> listener) {
        listeners.compute(channel, (name, there) -> {
            if (there == null) {
                ears.ifPresent(ear -> ear.async().subscribe(octets(channel)));
                return new CopyOnWriteArrayList<>(List.of(listener));
            }
            there.add(listener);
            return there;
        });
        return () -> unsubscribe(channel, listener);
    }

    private void unsubscribe(String channel, Consumer<byte[]> listener) {
        listeners.computeIfPresent(channel, (name, there) -> {
            there.remove(listener);
            if (!there.isEmpty()) {
                return there;
            }
            ears.ifPresent(ear -> ear.async().unsubscribe(octets(channel)));
            return null;
        });
    }

    /** Publishes a message. Completes with the number of subscribers. */
    CompletionStage<Long> publish(String channel, Wire message) {
        byte[] octets = WireCodec.encode(message);
        return ask(redis -> redis.publish(octets(channel), octets));
    }

    /** Tries to acquire the lock of a message; of all processes that try within five seconds only one succeeds. */
    CompletionStage<Boolean> lock(byte[] message) {
        byte[] key = octets(Base64.getEncoder().encodeToString(sha256(message)));
        return ask(redis -> redis.set(key, octets("1"), SetArgs.Builder.nx().ex(LOCK)).thenApply("OK"::equals));
    }

    /** Reads one field of a hash; LiveKit keeps its data in the same Redis. Empty if there is none. */
    public CompletionStage<Optional<byte[]>> field(String hash, String field) {
        return ask(redis -> redis.hget(octets(hash), octets(field)).thenApply(Optional::ofNullable));
    }

    /** Completes with whether Redis answers in time. */
    public CompletionStage<Boolean> answers() {
        return ask(RedisAsyncCommands::ping).handle((pong, fault) -> fault == null && ears.filter(StatefulRedisConnection::isOpen).isPresent());
    }

    private <T> CompletionStage<T> ask(Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> question) {
        return commands.map(connection -> question.apply(connection.async()))
                .orElseGet(() -> CompletableFuture.failedFuture(new RedisException("Redis is not available yet")));
    }

    void run(Runnable work) {
        threads.execute(work);
    }

    void contained(String where, Throwable fault) {
        faults.caught(where, fault);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    @Override
    public void close() {
        connector.interrupt();
        threads.shutdownNow();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        resources.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
