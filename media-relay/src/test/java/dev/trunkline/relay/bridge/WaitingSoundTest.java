package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingSoundTest {
    private static final long SECOND = 1_000_000_000L;

    private final WaitingSound waiting = new WaitingSound();
    private long now = -5 * SECOND;

    @BeforeEach
    void plays() {
        waiting.listener(8_000);
        waiting.play(Optional.of(rate -> () -> new short[rate / 50]));
    }

    private boolean played() {
        return waiting.isPlayed(now);
    }

    @Test
    void thereIsNoneBeforeItIsAskedFor() {
        assertThat(new WaitingSound().isPlayed(now)).isFalse();
    }

    @Test
    void whileNobodyAnswersNeitherPacketsNorTimeEndIt() {
        waiting.heard();
        now += 3_600 * SECOND;
        assertThat(played()).isTrue();
    }

    @Test
    void whoJoinsDoesNotEndItButTheFirstPacketDoes() {
        waiting.endOnceHeard(now);
        now += 21 * SECOND;
        assertThat(played()).isTrue();
        waiting.heard();
        assertThat(played()).isFalse();
    }

    @Test
    void whoSaysNothingForLongerThanLiveKitNeedsToMissSomebodyEndsItToo() {
        waiting.endOnceHeard(now);
        now += 30 * SECOND - 1;
        assertThat(played()).isTrue();
        now++;
        assertThat(played()).isFalse();
    }

    @Test
    void whoLeavesAgainBeforeAWordHasItGoOn() {
        waiting.endOnceHeard(now);
        waiting.play(Optional.of(rate -> () -> new short[rate / 50]));
        waiting.heard();
        now += 60 * SECOND;
        assertThat(played()).isTrue();
    }

    @Test
    void anotherRateOfThePhoneDoesNotEndIt() {
        waiting.endOnceHeard(now);
        waiting.listener(16_000);
        assertThat(played()).isTrue();
        assertThat(waiting.next()).hasSize(320);
        waiting.heard();
        waiting.listener(8_000);
        assertThat(played()).isFalse();
    }
}
