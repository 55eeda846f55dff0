package dev.trunkline.limiter.ledger;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * One connection to Redis, which every decision shares (commands are pipelined). Made in the background and made again
 * whenever it is lost; while there is none, commands fail at once. Thread-safe.
 */
public final class RedisLink implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RedisLink.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    private final ClientResources resources;
    private final RedisClient client;
    private final Duration patience;
    private final AtomicReference<Optional<StatefulRedisConnection<String, String>>> connection =
            new AtomicReference<>(Optional.empty());
    private final Thread connector;

    /**
     * @param url {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss://} for TLS
     * @param patience how long one command may take
     * @throws IllegalArgumentException if the URL is none
     */
    public RedisLink(String url, Duration patience) {
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(patience);
        this.patience = patience;
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
        this.connector = Thread.ofVirtual().name("redis-connect").unstarted(this::connect);
    }

    /** Begins to connect, and does not wait for it. */
    public RedisLink start() {
        connector.start();
        return this;
    }

    private void connect() {
        boolean said = false;
        while (true) {
            try {
                connection.set(Optional.of(client.connect(StringCodec.UTF8)));
                LOG.info("Redis is there");
                return;
            } catch (RedisException e) {
                if (!said) {
                    LOG.warnf("Redis is not there yet, trying again each second: %s", e.getMessage());
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

    /** Asks Redis. @return whether it answered in time */
    public boolean answers() throws InterruptedException {
        try {
            await(commands().ping());
            return true;
        } catch (LedgerUnavailableException e) {
            return false;
        }
    }

    String ask(Script script, List<String> keys, String... arguments)
            throws LedgerUnavailableException, InterruptedException {
        return run(script, ScriptOutputType.VALUE, keys, arguments);
    }

    long count(Script script, List<String> keys, String... arguments)
            throws LedgerUnavailableException, InterruptedException {
        Long count = run(script, ScriptOutputType.INTEGER, keys, arguments);
        return count;
    }

    List<List<String>> list(Script script, List<String> keys, String... arguments)
            throws LedgerUnavailableException, InterruptedException {
        return run(script, ScriptOutputType.MULTI, keys, arguments);
    }

    long size(String sortedSet)
            throws LedgerUnavailableException, InterruptedException {
        return await(commands().zcard(sortedSet));
    }

    private <T> T run(Script script, ScriptOutputType type, List<String> keys, String... arguments)
            throws LedgerUnavailableException, InterruptedException {
        RedisAsyncCommands<String, String> commands = commands();
        String[] names = keys.toArray(String[]::new);
        try {
            return await(commands.<T>evalsha(script.digest(), type, names, arguments));
        } catch (RedisNoScriptException e) {
            // A Redis that was restarted has forgotten it; this also teaches it anew.
            return await(commands.<T>eval(script.text(), type, names, arguments));
        }
    }

    private RedisAsyncCommands<String, String> commands() throws LedgerUnavailableException {
        return connection.get()
                .map(StatefulRedisConnection::async)
                .orElseThrow(() -> new LedgerUnavailableException("Redis is not connected"));
    }

    private <T> T await(RedisFuture<T> answer) throws LedgerUnavailableException, InterruptedException {
        try {
            return answer.toCompletableFuture().get(patience.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RedisNoScriptException unknown) {
                throw unknown;
            }
            throw new LedgerUnavailableException("Redis failed: " + e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw new LedgerUnavailableException("Redis did not answer within " + patience.toMillis() + " ms");
        }
    }

    @Override
    public void close() {
        connector.interrupt();
        client.shutdown(0, 1, TimeUnit.SECONDS);
        resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
