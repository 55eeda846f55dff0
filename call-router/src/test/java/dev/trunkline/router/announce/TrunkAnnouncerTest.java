package dev.trunkline.router.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.events.privacy.SealedTrunkUsers;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.store.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** An exception in one round ends only that round. */
class TrunkAnnouncerTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void anErrorInOneRoundDoesNotEndTheAnnouncing() throws Exception {
        var nowhere = new PGSimpleDataSource();
        nowhere.setURL("jdbc:postgresql://127.0.0.1:1/postgres");
        var outbox = new TrunkOutbox(
                new Transactions(nowhere), new SealedTrunkUsers(new Sealer(new byte[32], new SecureRandom())));
        var rounds = new CountDownLatch(3);
        try (var publisher = new CallEventPublisher(
                        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()));
                var announcer = new TrunkAnnouncer(
                        outbox,
                        patience -> {
                            rounds.countDown();
                            if (rounds.getCount() == 2) {
                                throw new StackOverflowError("on purpose");
                            }
                            return Set.of();
                        },
                        publisher, new RouterMetrics(registry), Duration.ofMillis(10), new ContainedFaults(registry))) {
            announcer.start();
            assertThat(rounds.await(30, TimeUnit.SECONDS)).as("Postgres is away, and it goes on asking").isTrue();
            assertThat(announcer.alive()).isTrue();
        }
        assertThat(registry.get("trunkline.contained.faults").tag("where", "trunk-announcer").counter().count()).isEqualTo(1);
    }
}
