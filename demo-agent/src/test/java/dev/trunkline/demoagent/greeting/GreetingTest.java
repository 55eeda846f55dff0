package dev.trunkline.demoagent.greeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreetingTest {
    private final Greeting greeting = new Greeting(OpusCodec.concentus());

    @ParameterizedTest
    @ValueSource(ints = {8_000, 48_000})
    void theChimeIsShortLoudEnoughAndEndsInSilence(int sampleRate) {
        short[] chime = Chime.samples(sampleRate);
        assertThat(chime.length).isEqualTo(sampleRate * 72 / 100);
        int peak = 0;
        for (short sample : chime) {
            peak = Math.max(peak, Math.abs(sample));
        }
        assertThat(peak).isBetween(5_000, 16_000);
        assertThat(Math.abs(chime[0])).isZero();
        assertThat(Math.abs(chime[chime.length - 1])).isLessThan((short) 100);
    }

    @ParameterizedTest
    @ValueSource(doubles = {523.25, 659.26, 783.99})
    void theChimeHasItsNotes(double hertz) {
        short[] chime = Chime.samples(8_000);
        assertThat(power(chime, hertz)).isGreaterThan(20 * power(chime, 1_900));
    }

    /** Returns the power at a frequency (Goertzel's algorithm). */
    private static double power(short[] pcm, double hertz) {
        double factor = 2 * Math.cos(2 * Math.PI * hertz / 8_000);
        double last = 0;
        double before = 0;
        for (short sample : pcm) {
            double now = sample + factor * last - before;
            before = last;
            last = now;
        }
        return last * last + before * before - factor * last * before;
    }

    @ParameterizedTest
    @EnumSource(AudioCodec.class)
    void eachCodecHasAllFrames(AudioCodec codec) {
        List<byte[]> frames = greeting.frames(codec);
        assertThat(frames).hasSize(36).allSatisfy(frame -> assertThat(frame).isNotEmpty());
    }

    @Test
    void g711FramesAreTheChime() {
        short[] chime = Chime.samples(8_000);
        short[] decoded = new short[160];
        G711.PCMU.decode(greeting.frames(AudioCodec.PCMU).get(3), 0, 160, decoded, 0);
        for (int i = 0; i < 160; i++) {
            assertThat(Math.abs(decoded[i] - chime[3 * 160 + i])).isLessThan(600);
        }
    }

    @Test
    void framesLast20Milliseconds() {
        assertThat(Greeting.frameSamples(AudioCodec.PCMA)).isEqualTo(160);
        assertThat(Greeting.frameSamples(AudioCodec.OPUS)).isEqualTo(960);
    }
}
