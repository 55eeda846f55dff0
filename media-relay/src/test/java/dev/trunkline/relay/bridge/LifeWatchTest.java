package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LifeWatchTest {
    private static final long SECOND = 1_000_000_000;
    private final LifeWatch watch = new LifeWatch(Duration.ofSeconds(12), Duration.ofMinutes(30));

    @Test
    void aPhoneThatWasNotAnsweredNeedNotSend() {
        assertThat(watch.timedOut(1_000 * SECOND)).isFalse();
    }

    @Test
    void silenceIsCountedFromTheAnswer() {
        watch.answered(100 * SECOND);
        assertThat(watch.timedOut(111 * SECOND)).isFalse();
        assertThat(watch.timedOut(112 * SECOND)).isTrue();
    }

    @Test
    void onlyAPacketIsHeard() {
        watch.answered(100 * SECOND);
        watch.excused(true, 101 * SECOND);
        assertThat(watch.lastHeard()).isEmpty();
        watch.signOfLife(-5 * SECOND);
        assertThat(watch.lastHeard()).hasValue(-5 * SECOND);
        watch.excused(false, 110 * SECOND);
        watch.answered(111 * SECOND);
        assertThat(watch.lastHeard()).hasValue(-5 * SECOND);
    }

    @Test
    void itIsSaidOnce() {
        watch.answered(0);
        assertThat(watch.timedOut(20 * SECOND)).isTrue();
        assertThat(watch.timedOut(21 * SECOND)).isFalse();
    }

    @Test
    void eachSignOfLifeStartsAnew() {
        watch.answered(0);
        watch.signOfLife(10 * SECOND);
        watch.answered(11 * SECOND);
        assertThat(watch.timedOut(21 * SECOND)).isFalse();
        assertThat(watch.timedOut(22 * SECOND)).isTrue();
    }

    @Test
    void aPhoneThatNeedNotSendMayBeSilent() {
        watch.answered(0);
        watch.excused(true, 5 * SECOND);
        assertThat(watch.timedOut(500 * SECOND)).isFalse();
        watch.excused(false, 500 * SECOND);
        assertThat(watch.timedOut(511 * SECOND)).isFalse();
        assertThat(watch.timedOut(512 * SECOND)).isTrue();
    }

    @Test
    void butNotForEver() {
        watch.answered(0);
        watch.excused(true, 100 * SECOND);
        assertThat(watch.timedOut(1_899 * SECOND)).isFalse();
        assertThat(watch.timedOut(1_900 * SECOND)).isTrue();
        assertThat(watch.excused()).isTrue();
    }

    @Test
    void aCallThatBeganOnHoldEndsTooAndASignOfLifePutsItOff() {
        watch.excused(true, 0);
        watch.answered(10 * SECOND);
        watch.signOfLife(1_000 * SECOND);
        watch.excused(true, 1_500 * SECOND);
        assertThat(watch.timedOut(2_799 * SECOND)).isFalse();
        assertThat(watch.timedOut(2_800 * SECOND)).isTrue();
    }
}
