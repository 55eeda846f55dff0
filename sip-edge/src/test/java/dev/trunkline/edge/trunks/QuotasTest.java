package dev.trunkline.edge.trunks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.trunks.Quotas.Answer.Over;
import dev.trunkline.edge.trunks.Quotas.Answer.Taken;
import dev.trunkline.events.Trunk;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotasTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 500_000_000L);
    private final Quotas quotas = new Quotas(nanos::get, Quotas.Defaults.NONE);

    private static Trunk trunk(String id, OptionalInt perSecond, OptionalInt early) {
        return With.quota(new Trunk(id, id, List.of(), Optional.empty(), List.of()), perSecond, early);
    }

    private long taken(Trunk trunk, int tries) {
        long taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += quotas.take(trunk) instanceof Taken ? 1 : 0;
        }
        return taken;
    }

    @Test
    void aTrunkWithoutAQuotaIsNotCounted() {
        Trunk free = trunk("free", OptionalInt.empty(), OptionalInt.empty());
        assertThat(taken(free, 10_000)).isEqualTo(10_000);
        assertThat(quotas.early("free")).isZero();
    }

    @Test
    void takesSoManyASecond() {
        Trunk slow = trunk("slow", OptionalInt.of(5), OptionalInt.empty());
        assertThat(taken(slow, 100)).isEqualTo(5);
        assertThat(quotas.take(slow)).isEqualTo(new Over("invites-per-second"));
        nanos.addAndGet(200_000_000);
        assertThat(taken(slow, 100)).isEqualTo(1);
        nanos.addAndGet(10_000_000_000L);
        assertThat(taken(slow, 100)).as("a quiet time saves nothing up").isEqualTo(5);
    }

    @Test
    void oneTrunkDoesNotUseUpAnothers() {
        assertThat(taken(trunk("a", OptionalInt.of(1), OptionalInt.of(1)), 10)).isEqualTo(1);
        assertThat(taken(trunk("b", OptionalInt.of(1), OptionalInt.of(1)), 10)).isEqualTo(1);
    }

    @Test
    void takesSoManyThatAreNotAnswered() {
        Trunk small = trunk("small", OptionalInt.empty(), OptionalInt.of(2));
        var first = (Taken) quotas.take(small);
        assertThat(quotas.take(small)).isInstanceOf(Taken.class);
        assertThat(quotas.take(small)).isEqualTo(new Over("early-calls"));
        first.place().run();
        first.place().run();
        assertThat(quotas.early("small")).as("given back once").isEqualTo(1);
        assertThat(quotas.take(small)).isInstanceOf(Taken.class);
        assertThat(quotas.take(small)).isEqualTo(new Over("early-calls"));
    }

    @Test
    void aCallThatIsOverTheRateHoldsNoPlace() {
        Trunk both = trunk("both", OptionalInt.of(1), OptionalInt.of(10));
        assertThat(taken(both, 20)).isEqualTo(1);
        assertThat(quotas.early("both")).isEqualTo(1);
    }

    @Test
    void aLowerQuotaHoldsAtOnce() {
        assertThat(taken(trunk("t", OptionalInt.empty(), OptionalInt.of(10)), 10)).isEqualTo(10);
        assertThat(taken(trunk("t", OptionalInt.empty(), OptionalInt.of(5)), 10)).isZero();
    }

    @Test
    void countsUnderManyThreads() {
        Trunk busy = trunk("busy", OptionalInt.empty(), OptionalInt.of(50));
        var most = new AtomicInteger();
        var held = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2_000; i++) {
                threads.execute(() -> {
                    if (quotas.take(busy) instanceof Taken(var place)) {
                        most.accumulateAndGet(held.incrementAndGet(), Math::max);
                        Thread.yield();
                        held.decrementAndGet();
                        place.run();
                    }
                });
            }
        }
        assertThat(most.get()).isPositive().isLessThanOrEqualTo(50);
        assertThat(quotas.early("busy")).isZero();
    }

    @Test
    void aTrunkThatNamesNoneHasTheDefault() {
        var usual = new Quotas(nanos::get, new Quotas.Defaults(50, 3, 2));
        Trunk plain = trunk("plain", OptionalInt.empty(), OptionalInt.empty());
        for (int i = 0; i < 3; i++) {
            assertThat(usual.take(plain)).isInstanceOf(Taken.class);
        }
        assertThat(usual.take(plain)).isEqualTo(new Over("early-calls"));
        Trunk big = trunk("big", OptionalInt.of(1), OptionalInt.of(100));
        assertThat(usual.take(big)).isInstanceOf(Taken.class);
        assertThat(usual.take(big)).as("its own goes before").isEqualTo(new Over("invites-per-second"));
    }

    @Test
    void optionsHaveAQuotaOfTheirOwn() {
        var usual = new Quotas(nanos::get, new Quotas.Defaults(1, 1, 2));
        Trunk plain = trunk("plain", OptionalInt.empty(), OptionalInt.empty());
        assertThat(usual.takesOptions(plain)).isTrue();
        assertThat(usual.takesOptions(plain)).isTrue();
        assertThat(usual.takesOptions(plain)).isFalse();
        assertThat(usual.take(plain)).as("a flood of OPTIONS keeps no call away").isInstanceOf(Taken.class);
        nanos.addAndGet(1_000_000_000L);
        assertThat(usual.takesOptions(plain)).isTrue();
        assertThat(quotas.takesOptions(plain)).isTrue();
    }
}
