package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StalledSpeechTest {
    private static final long MILLI = 1_000_000;
    private static final long NOW = 100_000 * MILLI;

    private final StalledSpeech speech = new StalledSpeech();

    /** @param ages of each track's last packet, ms */
    private boolean isStalled(Map<String, Integer> ages) {
        speech.begin();
        ages.forEach((sid, age) -> speech.speaker(sid, NOW - age * MILLI, NOW));
        return speech.stalled();
    }

    @Test
    void nobodyWhoNeverSpokeHasStopped() {
        speech.track("TR_a", true);
        assertThat(isStalled(Map.of())).isFalse();
    }

    @Test
    void theSilenceOfDtxIsNoStop() {
        speech.track("TR_a", true);
        assertThat(isStalled(Map.of("TR_a", 480))).isFalse();
        assertThat(isStalled(Map.of("TR_a", 700))).isTrue();
    }

    @Test
    void whoMayPauseHasNotStopped() {
        assertThat(isStalled(Map.of("TR_g711", 5_000))).isFalse();
    }

    @Test
    void whoMutesHasNotStoppedAndWhoUnmutesMay() {
        speech.track("TR_a", true);
        speech.track("TR_a", false);
        assertThat(isStalled(Map.of("TR_a", 5_000))).isFalse();
        speech.track("TR_a", true);
        assertThat(isStalled(Map.of("TR_a", 5_000))).isTrue();
    }

    @Test
    void whileSomebodyElseSpeaksNothingIsMissing() {
        speech.track("TR_a", true);
        assertThat(isStalled(Map.of("TR_a", 5_000, "TR_b", 20))).isFalse();
        assertThat(isStalled(Map.of("TR_a", 5_000, "TR_b", 2_000))).isTrue();
    }
}
