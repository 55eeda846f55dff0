package dev.trunkline.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RtpStatisticsTest {
    private static final long FRAME = 20_000_000;
    private final RtpStatistics statistics = new RtpStatistics(8_000);

    private void packet(int sequence, long delayNanos) {
        statistics.received(1, sequence & 0xffff, sequence * 160L, sequence * FRAME + delayNanos);
    }

    @Test
    void countsLoss() {
        for (int i = 0; i < 100; i++) {
            if (i % 10 != 5) {
                packet(i, 0);
            }
        }
        assertThat(statistics.packets()).isEqualTo(90);
        assertThat(statistics.lost()).isEqualTo(10);
        assertThat(statistics.cumulativeLost()).isEqualTo(10);
        assertThat(statistics.takeFractionLost()).isEqualTo(10 * 256 / 100);
        assertThat(statistics.takeFractionLost()).isZero();
    }

    @Test
    void orderAndRepetitionDoNotLoseAnything() {
        packet(1, 0);
        packet(3, 0);
        packet(2, 0);
        packet(2, 0);
        assertThat(statistics.lost()).isZero();
        assertThat(statistics.cumulativeLost()).isEqualTo(-1);
    }

    @Test
    void sequenceNumbersWrap() {
        for (int i = 65_530; i < 65_550; i++) {
            packet(i, 0);
        }
        assertThat(statistics.lost()).isZero();
        assertThat(statistics.extendedHighest()).isEqualTo(65_549);
    }

    @Test
    void aNewSenderKeepsTheTotals() {
        packet(1, 0);
        packet(3, 0);
        statistics.received(2, 9_000, 0, 0);
        statistics.received(2, 9_001, 160, FRAME);
        assertThat(statistics.packets()).isEqualTo(4);
        assertThat(statistics.lost()).isEqualTo(1);
        assertThat(statistics.ssrc()).isEqualTo(2);
    }

    @Test
    void aSteadyStreamHasNoJitter() {
        for (int i = 0; i < 50; i++) {
            packet(i, 0);
        }
        assertThat(statistics.jitterMillis()).isZero();
    }

    @Test
    void jitterComesUpToTheMeanDifference() {
        for (int i = 0; i < 500; i++) {
            packet(i, i % 2 * 5_000_000L);
        }
        // Each packet differs by 5 ms from the one before.
        assertThat(statistics.jitterMillis()).isCloseTo(5, within(0.1));
    }

    @Test
    void qualityFallsWithLossJitterAndDelay() {
        double best = VoiceQuality.mos(0, 0, 0);
        assertThat(best).isBetween(4.3, 4.5);
        assertThat(VoiceQuality.mos(0.02, 0, 0)).isBetween(3.8, best);
        assertThat(VoiceQuality.mos(0.2, 0, 0)).isLessThan(3);
        assertThat(VoiceQuality.mos(0, 100, 600)).isLessThan(3.8);
        assertThat(VoiceQuality.mos(1, 500, 5_000)).isEqualTo(1);
        assertThat(VoiceQuality.score(100)).isEqualTo(4.5);
    }
}
