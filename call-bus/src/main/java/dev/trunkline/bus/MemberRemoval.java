package dev.trunkline.bus;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;

/**
 * Takes a member out of its group, so that the others get its partitions at once, and not when its session times out
 * ({@code session.timeout.ms}, 6 s). A member that lives all the same joins again by itself.
 */
public final class MemberRemoval {
    private final KafkaAddress kafka;
    private final String clientId;
    private final String group;
    private final Duration atMost;

    /** @param atMost how long a removal may take */
    public MemberRemoval(KafkaAddress kafka, String clientId, String group, Duration atMost) {
        this.kafka = kafka;
        this.clientId = clientId;
        this.group = group;
        this.atMost = atMost;
    }

    /**
     * Removes the member. The Kafka user needs READ on the group.
     *
     * @param instance its {@code group.instance.id}
     * @throws ExecutionException with Kafka's reason, for example {@link org.apache.kafka.common.errors.UnknownMemberIdException}
     *     if it is not in the group
     */
    public void remove(String instance) throws InterruptedException, ExecutionException, TimeoutException {
        Admin admin = Admin.create(kafka.adminProperties(clientId));
        try {
            admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove(instance))))
                    .all()
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            admin.close(Duration.ZERO);
        }
    }
}
