package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.hostile.RawSip;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A source that belongs to no trunk does not learn that anything listens here. */
@ExtendWith(SuiteExtension.class)
class UnknownSourceIT {
    private static final String STRANGER = "127.0.0.2";
    private static final String DROPPED = "trunkline_edge_dropped_packets_total{reason=\"unknown-source\"";
    private static final long IN_VAIN_MILLIS = 2_000;

    private final SuiteUnderTest suite;

    UnknownSourceIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void anInviteFromNoTrunkGetsNoPacketBackAndIsCounted() throws Exception {
        double before = dropped();
        try (RawSip stranger = RawSip.open(STRANGER, suite.edge())) {
            String invite = stranger.invite(Numbers.IMMEDIATE, "+32470300001");
            stranger.send(invite);
            // From and Via that claim the trunk's address change nothing: a packet is judged by its source.
            stranger.send(stranger.options().replace(STRANGER, "127.0.0.1"));
            Await.until("the counter of dropped packets rises by two", Duration.ofSeconds(10), () -> dropped() >= before + 2);

            assertThat(stranger.receive(Duration.ofMillis(IN_VAIN_MILLIS))).isEmpty();
            assertThat(suite.events().knows(RawSip.callId(invite))).isFalse();
        }
    }

    private double dropped() {
        try {
            return suite.metrics("sip-edge").sum(DROPPED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
