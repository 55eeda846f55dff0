package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SetBackTest {
    private long millis = 1_800_000_000_000L;
    private long nanos = Long.MAX_VALUE - 3_000_000_000L;
    private final SetBack setBack = new SetBack(() -> millis, () -> nanos);

    private void pass(long time) {
        millis += time;
        nanos += time * 1_000_000;
    }

    @Test
    void aClockThatGoesOnOrIsCorrectedOrSetAheadWasNotSetBack() {
        pass(100_000);
        assertThat(setBack.look()).isFalse();
        millis -= 2_900;
        assertThat(setBack.look()).isFalse();
        millis += 3_600_000;
        assertThat(setBack.look()).isFalse();
    }

    @Test
    void eachLeapBackIsToldOnce() {
        millis -= 3_600_000;
        pass(100);
        assertThat(setBack.look()).isTrue();
        pass(100);
        assertThat(setBack.look()).isFalse();
        millis -= 3_000;
        assertThat(setBack.look()).isTrue();
    }
}
