package dev.trunkline.limiter.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.limiter.ledger.CallLedger.Standing;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveComparisonTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final CallId call = new CallId(new UUID(0, 1));
    private final CallId other = new CallId(new UUID(0, 2));
    private final LiveComparison comparison = new LiveComparison(LEASE);

    @ParameterizedTest
    @EnumSource(value = Standing.class, names = {"LAPSED", "OVER"})
    void aCallThatHoldsNoSlotIsWithdrawnAtOnce(Standing standing) {
        assertThat(comparison.gone(Map.of(call, standing, other, Standing.HELD), 0)).containsExactly(call);
    }

    @Test
    void aCallThatRedisDoesNotKnowIsWithdrawnAfterALeaseSinceAWipedRedisCountsAgainTillThen() {
        assertThat(comparison.gone(Map.of(call, Standing.UNKNOWN), 0)).isEmpty();
        assertThat(comparison.gone(Map.of(call, Standing.UNKNOWN), LEASE.toNanos() - 1)).isEmpty();
        assertThat(comparison.gone(Map.of(call, Standing.UNKNOWN), LEASE.toNanos())).containsExactly(call);
    }

    @Test
    void aCallThatIsCountedAgainBeginsItsLeaseAnew() {
        comparison.gone(Map.of(call, Standing.UNKNOWN), 0);
        comparison.gone(Map.of(call, Standing.HELD), 1);
        assertThat(comparison.gone(Map.of(call, Standing.UNKNOWN), LEASE.toNanos())).isEmpty();
    }

    @Test
    void whatWasUnknownBeforeHeartbeatsWereAwayProvesNothing() {
        comparison.gone(Map.of(call, Standing.UNKNOWN), 0);
        comparison.forget();
        assertThat(comparison.gone(Map.of(call, Standing.UNKNOWN), LEASE.toNanos())).isEmpty();
    }

    @Test
    void aCallThatNobodySaysIsSaidWhenItIsMissingTwiceInARow() {
        assertThat(comparison.unsaid(Set.of(call, other), Set.of(other))).isEmpty();
        assertThat(comparison.unsaid(Set.of(call, other), Set.of(other))).containsExactly(call);
    }

    @Test
    void aCallWhoseWordWasOnItsWayIsNotSaidAgain() {
        comparison.unsaid(Set.of(call), Set.of());
        assertThat(comparison.unsaid(Set.of(call), Set.of(call))).isEmpty();
        assertThat(comparison.unsaid(Set.of(call), Set.of())).as("missing for the first time again").isEmpty();
    }

    @Test
    void aCallThatWasMissingBeforeHeartbeatsWereAwayIsLookedAtAgain() {
        comparison.unsaid(Set.of(call), Set.of());
        comparison.forget();
        assertThat(comparison.unsaid(Set.of(call), Set.of())).isEmpty();
    }
}
