package dev.trunkline.bus;

import dev.trunkline.events.Topics;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.ClientCustomizer;
import io.smallrye.reactive.messaging.kafka.DeserializationFailureHandler;
import io.smallrye.reactive.messaging.kafka.KafkaCDIEvents;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailureHandler;
import io.smallrye.reactive.messaging.kafka.impl.KafkaSource;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * The connector's own channel source without a container, so that several members live in one process: polling, committing
 * and dead letters are SmallRye's code and ours, and the subscriber is here.
 */
public final class ChannelByHand implements CallEventChannel.Connection {
    /** The settings of a channel as services have them in their {@code application.properties}. */
    private static final String PREFIX = "mp.messaging.incoming.calls.";

    /** Settings of a service, for tests that do not belong to one. */
    static final Map<String, String> SETTINGS = Map.of(
            "connector", "smallrye-kafka",
            "topic", Topics.EVENTS,
            "value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer",
            "commit-strategy", CallEventChannel.COMMIT_STRATEGY,
            "failure-strategy", CallEventChannel.FAILURE_STRATEGY,
            "poll-timeout", "100",
            "retry-max-wait", "1",
            "cloud-events", "false",
            "tracing-enabled", "false");

    private final Vertx vertx = Vertx.vertx();
    private final CountDownLatch lost = new CountDownLatch(1);
    private final Map<String, String> settings;
    private KafkaSource<String, byte[]> source;

    private ChannelByHand(Map<String, String> settings) {
        this.settings = settings;
    }

    /** @param settings settings of the channel, as {@link #settingsIn} reads them */
    public static ChannelByHand with(Map<String, String> settings) {
        return new ChannelByHand(settings);
    }

    /** Reads a service's settings from the properties on its class path. */
    public static Map<String, String> settingsIn(String resource) {
        var properties = new Properties();
        try (InputStream in = ChannelByHand.class.getClassLoader().getResourceAsStream(resource)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                settings.put(name.substring(PREFIX.length()), properties.getProperty(name));
            }
        }
        return settings;
    }

    @Override
    public void open(CallEventChannel channel) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("channel-name", "calls");
        var configuration = new KafkaConnectorIncomingConfiguration(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build());
        source = new KafkaSource<>(
                vertx, configuration.getGroupId().orElse("none"), configuration, One.<OpenTelemetry>none(),
                One.<KafkaCommitHandler.Factory>of(channel.commits()),
                One.<KafkaFailureHandler.Factory>of(channel.failures()), One.<KafkaConsumerRebalanceListener>none(),
                new NoEvents(), One.<ClientCustomizer<Map<String, Object>>>of(channel.client()),
                One.<DeserializationFailureHandler<?>>none(), -1);
        source.getStream().onItem()
                .transformToUniAndConcatenate(message -> Uni.createFrom().completionStage(channel.take(message)))
                .subscribe().with(ignored -> {}, failure -> {});
    }

    @Override
    public void close() {
        if (source != null) {
            source.closeQuietly();
        }
        vertx.closeAndAwait();
    }

    @Override
    public void lost() {
        lost.countDown();
    }

    /** Returns whether the channel reported within the time that it has left its group for good. */
    public boolean awaitLost(Duration atMost) throws InterruptedException {
        return lost.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Binds no metrics. */
    private static final class NoEvents extends KafkaCDIEvents {
        @Override
        public Event<Consumer<?, ?>> consumer() {
            return new Event<>() {
                @Override
                public void fire(Consumer<?, ?> event) {}

                @Override
                public <U extends Consumer<?, ?>> CompletionStage<U> fireAsync(U event) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public <U extends Consumer<?, ?>> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Event<Consumer<?, ?>> select(Annotation... qualifiers) {
                    return this;
                }

                @Override
                public <U extends Consumer<?, ?>> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public <U extends Consumer<?, ?>> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
                    throw new UnsupportedOperationException();
                }
            };
        }
    }

    /** The result of a container lookup: one bean or none. */
    private record One<T>(List<T> beans) implements Instance<T> {
        static <T> Instance<T> of(T bean) {
            return new One<>(List.of(bean));
        }

        static <T> Instance<T> none() {
            return new One<>(List.of());
        }

        @Override
        public Instance<T> select(Annotation... qualifiers) {
            return this;
        }

        @Override
        public <U extends T> Instance<U> select(Class<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends T> Instance<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isUnsatisfied() {
            return beans.isEmpty();
        }

        @Override
        public boolean isAmbiguous() {
            return false;
        }

        @Override
        public void destroy(T instance) {}

        @Override
        public Handle<T> getHandle() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterable<? extends Handle<T>> handles() {
            throw new UnsupportedOperationException();
        }

        @Override
        public T get() {
            return beans.getFirst();
        }

        @Override
        public Iterator<T> iterator() {
            return beans.iterator();
        }
    }
}
