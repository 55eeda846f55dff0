package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnacknowledgedTest {
    private static final long SILENCE = Unacknowledged.SILENCE.toNanos();

    private final Unacknowledged unacknowledged = new Unacknowledged();

    @Test
    void nothingOnItsWayIsNoSilenceHoweverLong() {
        assertThat(unacknowledged.silent(100 * SILENCE)).isFalse();
        unacknowledged.taken(0);
        unacknowledged.settled(1);
        assertThat(unacknowledged.silent(100 * SILENCE)).isFalse();
    }

    @Test
    void silenceIsCountedFromTheFirstThatIsOnItsWay() {
        unacknowledged.taken(5 * SILENCE);
        unacknowledged.taken(6 * SILENCE);
        assertThat(unacknowledged.silent(6 * SILENCE)).isFalse();
        assertThat(unacknowledged.silent(6 * SILENCE + 1)).isTrue();
    }

    @Test
    void anAcknowledgementEndsItThoughOthersAreOnTheirWay() {
        unacknowledged.taken(0);
        unacknowledged.taken(0);
        unacknowledged.settled(2 * SILENCE);
        assertThat(unacknowledged.silent(3 * SILENCE)).isFalse();
        assertThat(unacknowledged.silent(3 * SILENCE + 1)).isTrue();
    }
}
