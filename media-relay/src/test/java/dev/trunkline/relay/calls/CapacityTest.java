package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.events.RelayState;
import dev.trunkline.events.Topics;
import dev.trunkline.relay.ports.PortPool;
import dev.trunkline.relay.ports.PortRange;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private final PortPool ports = new PortPool(new PortRange(4000, 4001), Duration.ZERO, Clock.systemUTC(), new Random(1));
    private final Calls calls = new Calls(
            Clock.systemUTC(), new KeptPartitions(List.of(Topics.EVENTS), () -> 4, System::nanoTime));
    private final List<Boolean> told = new ArrayList<>();
    private boolean alone;
    private long now = Long.MAX_VALUE - 10;
    private final Capacity capacity = capacity(ports, 0.9, () -> alone);

    private Capacity capacity(PortPool pool, double rejoinAt, BooleanSupplier isAlone) {
        return new Capacity(calls, pool, 10, rejoinAt, isAlone, told::add, () -> now);
    }

    private void later() {
        now += Capacity.BETWEEN_QUESTIONS.toNanos();
    }

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
    void aRelayThatWasFullComesBackWhenATenthIsFreeAndNotBefore() {
        var twenty = new PortPool(new PortRange(4000, 4039), Duration.ZERO, Clock.systemUTC(), new Random(1));
        var most = capacity(twenty, 0.9, () -> false);
        Deque<Integer> taken = new ArrayDeque<>();
        while (twenty.available() > 0) {
            taken.push(twenty.take().orElseThrow());
        }
        most.review();
        assertThat(told).containsExactly(false);
        assertThat(most.now()).isEqualTo(RelayState.FULL);
        twenty.giveBack(taken.pop());
        most.review();
        assertThat(told).as("one in twenty is no tenth").containsExactly(false);
        assertThat(most.now()).as("who is out of the group takes none").isEqualTo(RelayState.FULL);
        twenty.giveBack(taken.pop());
        most.review();
        assertThat(told).containsExactly(false, true);
        assertThat(most.now()).isEqualTo(RelayState.TAKING);
        taken.push(twenty.take().orElseThrow());
        later();
        most.review();
        assertThat(told).as("and stays until it is full again").containsExactly(false, true);
    }

    @Test
    void aShareOfAllComesBackWithTheFirstFreePlace() {
        var three = new PortPool(new PortRange(4000, 4005), Duration.ZERO, Clock.systemUTC(), new Random(1));
        var eager = capacity(three, 1, () -> false);
        int port = three.take().orElseThrow();
        three.take();
        three.take();
        eager.review();
        three.giveBack(port);
        eager.review();
        assertThat(told).containsExactly(false, true);
    }

    @Test
    void aShareThatIsNoneIsSaidSo() {
        for (double wrong : new double[] {0, -1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> capacity(ports, wrong, () -> false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("TRUNKLINE_RELAY_REJOIN_AT");
        }
    }

    @Test
    void aFullRelayThatIsAloneStaysToRefuse() {
        alone = true;
        ports.take();
        capacity.review();
        assertThat(told).isEmpty();
        alone = false;
        capacity.review();
        assertThat(told).as("it is not asked again at once").isEmpty();
        later();
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
    void whileItIsAskedWhoIsThereNobodyElseWaits() throws Exception {
        var asked = new CompletableFuture<Void>();
        var answer = new CompletableFuture<Boolean>();
        var slow = capacity(ports, 0.9, () -> {
            asked.complete(null);
            return answer.join();
        });
        ports.take();
        var first = CompletableFuture.runAsync(slow::review);
        asked.get(10, TimeUnit.SECONDS);
        CompletableFuture.runAsync(() -> {
            assertThat(slow.now()).isEqualTo(RelayState.FULL);
            assertThat(slow.hasRoom()).isTrue();
            assertThat(slow.draining()).isFalse();
            slow.drain();
        }).get(10, TimeUnit.SECONDS);
        assertThat(told).containsExactly(false);
        answer.complete(false);
        first.get(10, TimeUnit.SECONDS);
        assertThat(told).as("who drains is out already").containsExactly(false);
        assertThat(slow.draining()).isTrue();
    }

    @Test
    void anErrorWhileAskingIsForgottenAtTheNextQuestion() {
        var failing = new AtomicBoolean(true);
        var shaky = capacity(ports, 0.9, () -> {
            if (failing.get()) {
                throw new StackOverflowError("on purpose");
            }
            return false;
        });
        ports.take();
        assertThatThrownBy(shaky::review).isInstanceOf(StackOverflowError.class);
        failing.set(false);
        later();
        shaky.review();
        assertThat(told).containsExactly(false);
    }
}
