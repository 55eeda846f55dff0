package dev.trunkline.bus;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.ClientCustomizer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailureHandler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * The beans that SmallRye's connector looks up by type and name; a service produces the
 * {@link CallEventChannel}.
 */
class ChannelBeans {

    @Produces
    @Singleton
    ClientCustomizer<Map<String, Object>> client(CallEventChannel channel) {
        return channel.client();
    }

    @Produces
    @Singleton
    @Identifier(CallEventChannel.COMMIT_STRATEGY)
    KafkaCommitHandler.Factory commits(CallEventChannel channel) {
        return channel.commits();
    }

    @Produces
    @Singleton
    @Identifier(CallEventChannel.FAILURE_STRATEGY)
    KafkaFailureHandler.Factory failures(CallEventChannel channel) {
        return channel.failures();
    }
}
