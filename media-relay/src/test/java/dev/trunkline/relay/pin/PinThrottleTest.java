package dev.trunkline.relay.pin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.relay.pin.PinThrottle.Standing;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PinThrottleTest {
    private static final String CALLER = PinThrottle.key("rule-1", "f00d");

    private final AtomicLong millis = new AtomicLong(5);
    private final PinThrottle throttle = new PinThrottle(millis::get);

    private Standing wrong(int times) {
        Standing last = throttle.standing(CALLER);
        for (int i = 0; i < times; i++) {
            last = throttle.wrong(CALLER);
        }
        return last;
    }

    @Test
    void aPersonWhoMistypesTwiceIsNotSlowedDown() {
        assertThat(throttle.standing(CALLER)).isEqualTo(new Standing.Welcome(0));
        assertThat(wrong(2)).isEqualTo(new Standing.Welcome(0));
    }

    @Test
    void furtherTriesWaitEverLonger() {
        assertThat(wrong(3)).isEqualTo(new Standing.Welcome(1_000));
        assertThat(wrong(1)).isEqualTo(new Standing.Welcome(2_000));
        assertThat(wrong(4)).isEqualTo(new Standing.Welcome(6_000));
        assertThat(throttle.standing(CALLER)).isEqualTo(new Standing.Welcome(6_000));
    }

    @Test
    void afterNineTriesTheCallerIsRefusedForAQuarterOfAnHour() {
        assertThat(wrong(9)).isEqualTo(new Standing.Refused());
        millis.addAndGet(PinThrottle.FORGOTTEN_MILLIS - 1);
        assertThat(throttle.standing(CALLER)).isEqualTo(new Standing.Refused());
        millis.addAndGet(1);
        assertThat(throttle.standing(CALLER)).isEqualTo(new Standing.Welcome(0));
    }

    @Test
    void tryingWhileRefusedMakesItLonger() {
        wrong(9);
        millis.addAndGet(PinThrottle.FORGOTTEN_MILLIS / 2);
        wrong(1);
        millis.addAndGet(PinThrottle.FORGOTTEN_MILLIS / 2);
        assertThat(throttle.standing(CALLER)).isEqualTo(new Standing.Refused());
    }

    @Test
    void theRightPinMakesGoodWhatWentBefore() {
        wrong(8);
        throttle.right(CALLER);
        assertThat(throttle.standing(CALLER)).isEqualTo(new Standing.Welcome(0));
        assertThat(throttle.callers()).isZero();
    }

    @Test
    void anotherCallerAndAnotherRuleAreCountedByThemselves() {
        wrong(9);
        assertThat(throttle.standing(PinThrottle.key("rule-2", "f00d"))).isEqualTo(new Standing.Welcome(0));
        assertThat(throttle.standing(PinThrottle.key("rule-1", "cafe"))).isEqualTo(new Standing.Welcome(0));
    }

    @Test
    void theTableIsBoundedAndForgetsWhoTriedLongestAgo() {
        wrong(9);
        for (int i = 0; i < PinThrottle.MOST_CALLERS; i++) {
            assertThat(throttle.callers()).isLessThanOrEqualTo(PinThrottle.MOST_CALLERS);
            throttle.wrong(PinThrottle.key("rule-1", "caller-" + i));
        }
        assertThat(throttle.callers()).isEqualTo(PinThrottle.MOST_CALLERS);
        assertThat(throttle.standing(CALLER)).isEqualTo(new Standing.Welcome(0));
        millis.addAndGet(PinThrottle.FORGOTTEN_MILLIS);
        assertThat(throttle.callers()).isZero();
    }
}
