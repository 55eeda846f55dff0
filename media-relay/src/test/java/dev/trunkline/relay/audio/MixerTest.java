package dev.trunkline.relay.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixerTest {
    private final Mixer mixer = new Mixer(8_000);

    private static short[] constant(int value) {
        short[] pcm = new short[160];
        Arrays.fill(pcm, (short) value);
        return pcm;
    }

    @ParameterizedTest
    @CsvSource({"100, 200, 300", "30000, 30000, 32767", "-30000, -30000, -32768", "-5, 5, 0"})
    void addsAndClips(int first, int second, int sum) {
        mixer.begin();
        mixer.add(constant(first), 0);
        mixer.add(constant(second), 0);
        assertThat(mixer.speakers()).isEqualTo(2);
        assertThat(mixer.mixed()).containsOnly((short) sum);
    }

    @Test
    void beginsAnewWithEachFrame() {
        mixer.begin();
        mixer.add(constant(7), 0);
        mixer.begin();
        assertThat(mixer.speakers()).isZero();
        assertThat(mixer.mixed()).containsOnly((short) 0);
    }
}
