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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * One connection to Redis, which every decision shares (commands are pipelined). It is established in the background and
 * re-established whenever it is lost; while there is none, commands fail at once. Stages complete on the connection's own
 * thread, in the order of the commands: their dependents must not block. Thread-safe.
 */
public final class RedisLink implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RedisLink.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    private final ClientResources resources;
    private final RedisClient client;
    private final AtomicReference<Optional<StatefulRedisConnection<String, String>>> connection =
            new AtomicReference<>(Optional.empty());
    private final Thread connector;

    /**
     * @param url {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss://} for TLS
     * @param patience how long one command may take
     * @throws IllegalArgumentException if the URL is not valid
     */
    public RedisLink(String url, Duration patience) {
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(patience);
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

    /** Starts to connect, and does not wait for it. */
    public RedisLink start() {
        connector.start();
        return this;
    }

    private void connect() {
        boolean said = false;
        while (true) {
            try {
                connection.set(Optional.of(client.connect(StringCodec.UTF8)));
                LOG.info("connected to Redis");
                return;
            } catch (RedisException e) {
                if (!said) {
                    LOG.warnf("Redis is not available yet, retrying every second: %s", e.getMessage());
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

    /** Asks Redis, and waits. @return whether it answered in time */
    public boolean answers() throws InterruptedException {
        try {
            await(ask(RedisAsyncCommands::ping));
            return true;
        } catch (LedgerUnavailableException e) {
            return false;
        }
    }

    CompletionStage<String> text(Script script, List<String> keys, String... arguments) {
        return run(script, ScriptOutputType.VALUE, keys, arguments);
    }

    CompletionStage<Long> number(Script script, List<String> keys, String... arguments) {
        return run(script, ScriptOutputType.INTEGER, keys, arguments);
    }

    CompletionStage<List<List<String>>> list(Script script, List<String> keys, String... arguments) {
        return run(script, ScriptOutputType.MULTI, keys, arguments);
    }

    CompletionStage<List<String>> texts(Script script, List<String> keys, String... arguments) {
        return run(script, ScriptOutputType.MULTI, keys, arguments);
    }

    private <T> CompletionStage<T> run(Script script, ScriptOutputType type, List<String> keys, String... arguments) {
        String[] names = keys.toArray(String[]::new);
        return RedisLink.<T>told(ask(redis -> redis.<T>evalsha(script.digest(), type, names, arguments))
                .exceptionallyCompose(failure -> cause(failure) instanceof RedisNoScriptException
                        // A restarted Redis has lost the script; this command also loads it again.
                        ? ask(redis -> redis.<T>eval(script.text(), type, names, arguments))
                        : CompletableFuture.failedStage(failure)));
    }

    /** Sends one command that is not a script. */
    <T> CompletionStage<T> command(Function<RedisAsyncCommands<String, String>, RedisFuture<T>> command) {
        return told(ask(command));
    }

    private <T> CompletionStage<T> ask(Function<RedisAsyncCommands<String, String>, RedisFuture<T>> command) {
        try {
            return connection.get()
                    .<CompletionStage<T>>map(there -> command.apply(there.async()))
                    .orElseGet(() -> CompletableFuture.failedStage(new RedisException("not connected")));
        } catch (RedisException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Returns the same stage, with its failure as an exception of the ledger. */
    private static <T> CompletionStage<T> told(CompletionStage<T> answer) {
        return answer.exceptionallyCompose(failure -> CompletableFuture.failedStage(
                new LedgerUnavailableException("Redis failed: " + cause(failure).getMessage())));
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapper && wrapper.getCause() != null
                ? wrapper.getCause()
                : failure;
    }

    /** For callers that may wait; a command fails by itself when Redis takes too long. */
    static <T> T await(CompletionStage<T> answer) throws InterruptedException {
        try {
            return answer.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new LedgerUnavailableException(cause(e.getCause()).getMessage());
        }
    }

    @Override
    public void close() {
        connector.interrupt();
        client.shutdown(0, 1, TimeUnit.SECONDS);
        resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
