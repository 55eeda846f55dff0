package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.RelayState;
import dev.trunkline.relay.ports.PortPool;
import dev.trunkline.relay.ports.PortRange;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private final PortPool ports = new PortPool(new PortRange(4000, 4001), Duration.ZERO, Clock.systemUTC(), new Random(1));
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

    @Test
    void saysWhatItDoesWithNewCalls() {
        assertThat(capacity.now()).isEqualTo(RelayState.TAKING);
        int port = ports.take().orElseThrow();
        assertThat(capacity.now()).as("also one that is alone and stays in the group").isEqualTo(RelayState.FULL);
        ports.giveBack(port);
        assertThat(capacity.now()).isEqualTo(RelayState.TAKING);
        capacity.drain();
        assertThat(capacity.now()).isEqualTo(RelayState.DRAINING);
    }

    @Test
    void whileOneAsksWhoIsThereNobodyElseWaits() throws Exception {
        var asked = new CompletableFuture<Void>();
        var answer = new CompletableFuture<Boolean>();
        var slow = new Capacity(new Calls(Clock.systemUTC()), ports, 10, () -> {
            asked.complete(null);
            return answer.join();
        }, told::add);
        ports.take();
        var first = CompletableFuture.runAsync(slow::review);
        asked.get(10, TimeUnit.SECONDS);
        CompletableFuture.runAsync(() -> {
            slow.review();
            assertThat(slow.now()).isEqualTo(RelayState.FULL);
            assertThat(slow.draining()).isFalse();
        }).get(10, TimeUnit.SECONDS);
        assertThat(told).isEmpty();
        answer.complete(false);
        first.get(10, TimeUnit.SECONDS);
        assertThat(told).containsExactly(false);
    }

    @Test
    void anErrorWhileAskingIsForgottenAtTheNextReview() {
        var failing = new AtomicBoolean(true);
        var shaky = new Capacity(new Calls(Clock.systemUTC()), ports, 10, () -> {
            if (failing.get()) {
                throw new StackOverflowError("on purpose");
            }
            return false;
        }, told::add);
        ports.take();
        assertThatThrownBy(shaky::review).isInstanceOf(StackOverflowError.class);
        failing.set(false);
        shaky.review();
        assertThat(told).containsExactly(false);
    }
}
