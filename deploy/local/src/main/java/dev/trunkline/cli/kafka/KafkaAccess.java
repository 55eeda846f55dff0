package dev.trunkline.cli.kafka;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.KafkaSettings;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.local.RunningSuite;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Chooses the Kafka that a command reads, and the user with which it connects. */
public final class KafkaAccess {
    private static final String SETTING = "TRUNKLINE_KAFKA";
    private static final int ORDINAL = 300;

    private KafkaAccess() {}

    /** The services' settings, from the environment. */
    @ConfigMapping(prefix = "trunkline")
    interface Environment extends KafkaSettings {}

    /**
     * Returns the Kafka of the suite on this machine, unless an option or {@code TRUNKLINE_KAFKA} names another one. The environment has
     * the settings for connecting to that one.
     *
     * @throws IOException if none is named and no suite runs on this machine
     * @throws UsageException if settings contradict each other; the message says which
     */
    public static KafkaAddress of(Optional<String> named, Surroundings here) throws IOException {
        Optional<String> other = named.or(() -> Optional.ofNullable(here.environment().get(SETTING)).filter(text -> !text.isBlank()));
        return other.isPresent() ? other(other.get(), here.environment()) : RunningSuite.load(here.state()).kafkaAddress();
    }

    private static KafkaAddress other(String bootstrapServers, Map<String, String> environment) {
        try {
            KafkaAddress address = KafkaAddress.of(new SmallRyeConfigBuilder()
                    .withMapping(Environment.class)
                    .withSources(new EnvConfigSource(environment, ORDINAL))
                    // Other settings of the suite have the same prefix.
                    .withDefaultValue("smallrye.config.mapping.validate-unknown", "false")
                    .build()
                    .getConfigMapping(Environment.class));
            return new KafkaAddress(bootstrapServers, address.security());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
