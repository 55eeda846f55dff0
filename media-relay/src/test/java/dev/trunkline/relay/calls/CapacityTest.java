package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.relay.ports.PortPool;
import dev.trunkline.relay.ports.PortRange;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private final PortPool ports = new PortPool(new PortRange(4000, 4001), Duration.ZERO, Clock.systemUTC(), new java.util.Random(1));
    private final List<Boolean> told = new ArrayList<>();
    private boolean alone;
    private final Capacity capacity =
            new Capacity(new Calls(Clock.systemUTC()), ports, 10, () -> alone, told::add);

    @Test
    void aFullRelayLeavesAndComesBack() {
        capacity.review();
        assertThat(told).isEmpty();
        int port = ports.take().orElseThrow();
        capacity.review();
        capacity.review();
        assertThat(told).containsExactly(false);
        ports.giveBack(port);
        capacity.review();
        assertThat(told).containsExactly(false, true);
    }

    @Test
    void aFullRelayThatIsAloneStaysToRefuse() {
        alone = true;
        ports.take();
        capacity.review();
        assertThat(told).isEmpty();
        alone = false;
        capacity.review();
        assertThat(told).containsExactly(false);
    }

    @Test
    void aDrainingRelayNeverComesBack() {
        int port = ports.take().orElseThrow();
        capacity.review();
        capacity.drain();
        ports.giveBack(port);
        capacity.review();
        capacity.drain();
        assertThat(told).containsExactly(false, false);
        assertThat(capacity.draining()).isTrue();
    }
}
