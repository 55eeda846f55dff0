package dev.trunkline.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.codec.G711;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioLevelsTest {

    @ParameterizedTest
    @CsvSource({"PCMU,32767,0", "PCMA,32767,0", "PCMU,3277,20", "PCMA,3277,20", "PCMU,328,40", "PCMA,328,40"})
    void aSquareWaveHasTheLevelOfItsHeight(AudioCodec codec, short height, int level) {
        byte[] payload = new byte[162];
        G711 law = codec == AudioCodec.PCMU ? G711.PCMU : G711.PCMA;
        for (int i = 0; i < payload.length; i++) {
            payload[i] = law.encode(i % 2 == 0 ? height : (short) -height);
        }
        assertThat(AudioLevels.of(codec, payload, 1, 160)).isBetween(level - 1, level + 1);
    }

    @Test
    void silenceIsTheLowestLevel() {
        byte[] payload = new byte[160];
        java.util.Arrays.fill(payload, G711.PCMU.silence());
        assertThat(AudioLevels.of(AudioCodec.PCMU, payload, 0, 160)).isEqualTo(127);
        assertThat(AudioLevels.of(AudioCodec.PCMU, payload, 0, 0)).isEqualTo(127);
    }

    @Test
    void opusHasNoneWithoutDecoding() {
        assertThat(AudioLevels.of(AudioCodec.OPUS, new byte[10], 0, 10)).isEqualTo(-1);
    }
}
