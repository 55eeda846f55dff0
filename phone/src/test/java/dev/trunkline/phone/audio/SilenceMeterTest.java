package dev.trunkline.phone.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SilenceMeterTest {
    private static final long MILLI = 1_000_000;
    private static final short[] QUIET = new short[Waveform.FRAME];
    private static final short[] LOUD = loud();

    private final SilenceMeter meter = new SilenceMeter();

    private static short[] loud() {
        short[] samples = new short[Waveform.FRAME];
        Arrays.fill(samples, (short) 8_000);
        return samples;
    }

    private void hear(short[] samples, long millis) {
        meter.heard(samples, samples.length, millis * MILLI);
    }

    private long longest(long untilMillis) {
        return meter.longestNanos(untilMillis * MILLI) / MILLI;
    }

    @Test
    void beforeTheFirstSoundNothingCounts() {
        hear(QUIET, 0);
        assertThat(longest(5_000)).isZero();
    }

    @Test
    void packetsOfSilenceAndNoPacketsCountAlike() {
        hear(LOUD, 100);
        hear(QUIET, 120);
        hear(LOUD, 400);
        hear(LOUD, 420);
        hear(LOUD, 1_220);
        assertThat(longest(1_230)).isEqualTo(800);
    }

    @Test
    void aSilenceThatLastsIsCountedUpToNow() {
        hear(LOUD, 100);
        hear(LOUD, 300);
        assertThat(longest(310)).isEqualTo(200);
        hear(QUIET, 320);
        assertThat(longest(2_300)).isEqualTo(2_000);
    }
}
