package dev.trunkline.limiter.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.bus.CallEventGroup;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.local.Ports;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whether all limiters together have handled what was written, according to a real Kafka. */
class KafkaProbeTest {

    @Test
    void whatLiesUnhandledInAnyPartitionIsSeenAndSoIsAKafkaThatIsAway() throws Exception {
        Backend broker = Backends.chosen().kafka(Ports.free());
        KafkaAddress kafka = KafkaAddress.of(broker.address());
        var stage = new CompletableFuture<Void>();
        try {
            TopicSetup.ensure(kafka, 4, (short) 1);
            try (var publisher = new CallEventPublisher(kafka, "test");
                    var probe = new KafkaProbe(kafka, "probe", "limiters");
                    var group = new CallEventGroup(
                            kafka, "limiters", "limiter-1", Set.of(CallHeld.class), envelope -> stage, publisher)) {
                assertThat(probe.allIsHandled()).as("asked for the first time").isFalse();
                assertThat(group.start().awaitAssigned(Duration.ofSeconds(30))).isTrue();
                await(probe, true);
                var envelopes = new Envelopes("/test/test-1", Clock.systemUTC(), UUID::randomUUID);
                publisher.publish(envelopes.first(new CallHeld(new CallId(UUID.randomUUID())), Owners.NONE))
                        .toCompletableFuture().get(30, TimeUnit.SECONDS);
                await(probe, false);
                assertThat(probe.allIsHandled()).as("in hand is not handled").isFalse();
                stage.complete(null);
                await(probe, true);
                broker.stop();
                assertThat(probe.allIsHandled()).as("away").isFalse();
            }
        } finally {
            stage.complete(null);
            broker.close();
        }
    }

    private static void await(KafkaProbe probe, boolean wanted) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (probe.allIsHandled() != wanted) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(50);
        }
    }
}
