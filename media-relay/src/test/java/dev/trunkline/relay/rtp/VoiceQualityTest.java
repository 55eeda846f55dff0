package dev.trunkline.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VoiceQualityTest {
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
