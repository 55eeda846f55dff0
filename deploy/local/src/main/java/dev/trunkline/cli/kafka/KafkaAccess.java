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

/** Which Kafka a command reads, and as whom. */
public final class KafkaAccess {
    private static final String SETTING = "TRUNKLINE_KAFKA";
    private static final int ORDINAL = 300;

    private KafkaAccess() {}

    /** What the services have as settings, from the environment. */
    @ConfigMapping(prefix = "trunkline")
    interface Environment extends KafkaSettings {}

    /**
     * The Kafka of the suite that runs here, unless another is named by option or by {@code TRUNKLINE_KAFKA}, which the environment says
     * how to reach.
     *
     * @throws IOException if none is named and no suite runs here
     * @throws UsageException if the settings do not fit together; it says which
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
                    // Other settings of the suite begin with the same word.
                    .withDefaultValue("smallrye.config.mapping.validate-unknown", "false")
                    .build()
                    .getConfigMapping(Environment.class));
            return new KafkaAddress(bootstrapServers, address.security());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
