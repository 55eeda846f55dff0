package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void anInviteOfNobodyGoesTheWholeWayToItsRefusal() {
        try (var suite = new CallsOfTests()) {
            var source = new PacketSource(InetAddress.getLoopbackAddress(), 5060, SipTransportKind.UDP);
            // A 100 and a 404, each with the INVITE's Via, From and To headers.
            assertThat(suite.warmUp().takeOne(1, source)).isGreaterThan(400);
        }
    }

    @Test
    void nobodyHearsOfIt() {
        try (var suite = new CallsOfTests()) {
            Map<String, Double> before = figures(suite.metrics);

            suite.warmUp().run();

            assertThat(suite.kafka.history()).isEmpty();
            assertThat(suite.sent).isEmpty();
            assertThat(suite.calls.live()).isZero();
            assertThat(figures(suite.metrics)).isEqualTo(before);
        }
    }

    @Test
    void aFaultOnTheWayIsCountedAndKeepsNothingFromOpening() {
        try (var suite = new CallsOfTests()) {
            suite.fault = () -> {
                throw new StackOverflowError("injected");
            };

            suite.warmUp().run();

            assertThat(suite.metrics.get("trunkline.contained.faults").tag("where", "warm-up").counter().count()).isOne();
        }
    }

    /** Returns every measurement of every meter. */
    private static Map<String, Double> figures(MeterRegistry registry) {
        return registry.getMeters().stream().collect(Collectors.toMap(meter -> meter.getId().toString(), WarmUpTest::sum));
    }

    private static double sum(Meter meter) {
        return StreamSupport.stream(meter.measure().spliterator(), false).mapToDouble(one -> one.getValue()).sum();
    }
}
