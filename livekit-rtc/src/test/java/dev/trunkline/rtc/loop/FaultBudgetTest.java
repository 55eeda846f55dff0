package dev.trunkline.rtc.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultBudgetTest {

    private static final long SECOND = 1_000_000_000;

    private final FaultBudget budget = new FaultBudget(3, Duration.ofSeconds(5));

    @Test
    void asManyAsAllowedAreBorneAndOneMoreIsTooMany() {
        for (int i = 0; i < 3; i++) {
            assertThat(budget.spent(i * SECOND)).isFalse();
        }
        assertThat(budget.spent(3 * SECOND)).isTrue();
        assertThat(budget.spent(4 * SECOND)).isTrue();
    }

    @Test
    void faultsFarApartAreNeverTooMany() {
        for (long i = 0; i < 100; i++) {
            assertThat(budget.spent(i * 2 * SECOND)).isFalse();
        }
    }

    @Test
    void aClockThatBeginsBelowZeroIsAsGood() {
        assertThat(budget.spent(-10 * SECOND)).isFalse();
        assertThat(budget.spent(-9 * SECOND)).isFalse();
        assertThat(budget.spent(-8 * SECOND)).isFalse();
        assertThat(budget.spent(-7 * SECOND)).isTrue();
    }
}
