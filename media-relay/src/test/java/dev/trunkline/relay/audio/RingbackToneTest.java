package dev.trunkline.relay.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingbackToneTest {
    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000})
    void itSoundsForOneSecondInFive(int sampleRate) {
        var tone = new RingbackTone(sampleRate);
        for (int period = 0; period < 2; period++) {
            for (int frame = 0; frame < 250; frame++) {
                assertThat(loudness(tone.next()) > 0).as("frame %d", frame).isEqualTo(frame < 50);
            }
        }
    }

    private static long loudness(short[] frame) {
        long sum = 0;
        for (short sample : frame) {
            sum += Math.abs(sample);
        }
        return sum;
    }
}
