package dev.trunkline.relay.calls;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.KafkaAdmin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Knows how many relays share the calls. Rarely asked: only while a relay is full. */
final class GroupMembers implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GroupMembers.class);
    private static final int TIMEOUT_SECONDS = 2;

    private final KafkaAdmin admin;
    private final String group;

    GroupMembers(KafkaAddress kafka, String clientId, String group) {
        this.admin = kafka.admin(clientId);
        this.group = group;
    }

    /** Returns whether this process is the only member; also true if Kafka does not say. */
    boolean alone() {
        try {
            return admin.client().describeConsumerGroups(List.of(group)).describedGroups().get(group)
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS).members().size() <= 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("the number of relays could not be read from Kafka: %s", e.getMessage());
            return true;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
