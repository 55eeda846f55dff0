package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.lane.Lane;
import dev.trunkline.sip.lane.Lanes;
import dev.trunkline.sip.net.Faults;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.transport.Arrival;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingDatagramsTest {
    /** Never started, so everything offered stays queued. */
    private final Lanes<Arrival> lanes = new Lanes<>(1, 7, (lane, arrival) -> {}, System::nanoTime, new Faults((where, fault) -> {}, System::nanoTime));
    private final Lane<Arrival> lane = lanes.all().getFirst();
    private final WaitingDatagrams waiting = new WaitingDatagrams(arrival -> lanes.hash(arrival.octets(), arrival.source()));

    @AfterEach
    void close() {
        lanes.close();
    }

    private static Arrival arrival(String text, String from, int port) {
        var source = new PacketSource(InetAddress.ofLiteral(from), port, SipTransportKind.UDP);
        return new Arrival(text.getBytes(StandardCharsets.US_ASCII), source, null, Optional.empty(), 0);
    }

    @Test
    void theSameFromTheSameSenderIsARepetitionUntilItIsRead() {
        lane.offer(arrival("first", "192.0.2.1", 5060), 10);
        assertThat(waiting.repeats(arrival("INVITE", "192.0.2.1", 5060), lane)).isFalse();

        assertThat(waiting.repeats(arrival("INVITE", "192.0.2.1", 5060), lane)).isTrue();
        assertThat(waiting.repeats(arrival("INVITE.", "192.0.2.1", 5060), lane)).isFalse();
        assertThat(waiting.repeats(arrival("INVITE", "192.0.2.2", 5060), lane)).isFalse();
        assertThat(waiting.repeats(arrival("INVITE", "192.0.2.1", 5061), lane)).isFalse();

        waiting.forget(arrival("INVITE", "192.0.2.1", 5060));
        assertThat(waiting.repeats(arrival("INVITE", "192.0.2.1", 5060), lane)).isFalse();
    }

    @Test
    void whereNothingWaitsNothingIsARepetition() {
        assertThat(waiting.repeats(arrival("INVITE", "192.0.2.1", 5060), lane)).isFalse();
        assertThat(waiting.repeats(arrival("INVITE", "192.0.2.1", 5060), lane)).isFalse();
    }
}
