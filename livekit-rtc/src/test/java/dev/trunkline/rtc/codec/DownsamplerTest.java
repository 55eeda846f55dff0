package dev.trunkline.rtc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownsamplerTest {

    @ParameterizedTest
    @ValueSource(ints = {8_000, 12_000, 16_000, 24_000})
    void passesWhatTheNewRateHoldsAndStopsWhatItDoesNot(int rate) {
        double passed = loudness(rate * 0.39, rate);
        double stopped = loudness(rate * 0.53, rate);
        assertThat(passed).isCloseTo(8_000 / Math.sqrt(2), within(100.0));
        assertThat(stopped).isLessThan(30);
    }

    @ParameterizedTest
    @ValueSource(ints = {120, 960, 2_880})
    void blocksJoinWithoutASeam(int block) {
        Downsampler downsampler = new Downsampler(8_000, 5_760);
        Tone tone = new Tone(1_000, 48_000);
        short[] heard = new short[1_920];
        short[] out = new short[960];
        for (int at = 0; at < 11_520; at += block) {
            int count = downsampler.process(tone.samples(at, block), block, out);
            assertThat(count).isEqualTo(block / 6);
            System.arraycopy(out, 0, heard, at / 6, count);
        }
        assertThat(new Tone(1_000, 8_000).signalToNoise(heard, 160, 1_920)).isGreaterThan(60);
    }

    private static double loudness(double hertz, int rate) {
        short[] out = new short[rate / 10];
        int count = new Downsampler(rate, 4_800).process(new Tone(hertz, 48_000).samples(0, 4_800), 4_800, out);
        return Tone.rms(out, count / 4, count);
    }
}
