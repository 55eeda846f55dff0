package dev.trunkline.phone.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Codec;
import dev.trunkline.phone.MediaReport.HeardTone;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G.711, Goertzel, waveforms and the tone meter. */
class SoundTest {

    /** Values of ITU-T G.711 tables 1a and 2a, scaled to 16 bit. */
    @ParameterizedTest
    @CsvSource({
        "PCMU, 0xFF, 0", "PCMU, 0x80, 32124", "PCMU, 0x00, -32124", "PCMU, 0xF0, 120", "PCMU, 0x8F, 16764",
        "PCMA, 0xD5, 8", "PCMA, 0x55, -8", "PCMA, 0xAA, 32256", "PCMA, 0x2A, -32256", "PCMA, 0xC5, 264"
    })
    void decodesByTheTable(Codec codec, int octet, int sample) {
        assertThat(G711.decode(codec, (byte) octet)).isEqualTo((short) sample);
    }

    @ParameterizedTest
    @EnumSource(value = Codec.class, names = {"PCMU", "PCMA"})
    void encodesEachCodeToItself(Codec codec) {
        for (int octet = 0; octet < 256; octet++) {
            short sample = G711.decode(codec, (byte) octet);
            assertThat(G711.decode(codec, G711.encode(codec, sample))).isEqualTo(sample);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Codec.class, names = {"PCMU", "PCMA"})
    void staysNearEverySample(Codec codec) {
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int back = G711.decode(codec, G711.encode(codec, (short) sample));
            assertThat(Math.abs(back - sample)).as("sample %d", sample).isLessThanOrEqualTo(Math.max(16, Math.abs(sample) / 16) + 132);
        }
    }

    @Test
    void refusesToEncodeEvents() {
        assertThatThrownBy(() -> G711.encode(Codec.TELEPHONE_EVENT, (short) 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 440, 1_000, 1_633, 3_400})
    void measuresTheAmplitudeOfATone(int hertz) {
        short[] tone = Waveform.sine(hertz, 0.5, 800);

        assertThat(new Goertzel(hertz, 8_000).amplitude(tone, 0, 800)).isCloseTo(16_384, within(250.0));
        assertThat(new Goertzel(hertz + 300, 8_000).amplitude(tone, 0, 800)).isLessThan(500);
        assertThat(Goertzel.dbfs(Goertzel.power(tone, 0, 800))).isCloseTo(-9.03, within(0.2));
        assertThat(ToneMeter.strongest(tone).orElseThrow()).isCloseTo(hertz, within(5));
    }

    @Test
    void refusesFrequenciesThatCannotBeHeard() {
        assertThatThrownBy(() -> new Goertzel(4_000, 8_000)).hasMessageContaining("4000");
        assertThatThrownBy(() -> AudioSource.tone(0)).hasMessageContaining("1 to 3900");
        assertThatThrownBy(() -> new AudioSource.EchoProbe(1_000, Duration.ofMillis(100), Duration.ofMillis(150), Duration.ZERO, 0.2)).hasMessageContaining("twice");
    }

    @Test
    void metersWhatItIsAskedFor() {
        ToneMeter meter = new ToneMeter(List.of(440, 950, 440));
        meter.accept(Waveform.sine(440, 0.25, 4_000), 4_000);
        meter.accept(new short[1_600], 1_600);

        assertThat(meter.heard()).extracting(HeardTone::hertz).containsExactly(440, 950);
        assertThat(meter.heard()).extracting(HeardTone::heardMillis).containsExactly(500L, 0L);
        assertThat(meter.heard().getFirst().peakDbfs()).isCloseTo(-15, within(0.2));
        assertThat(ToneMeter.strongest(meter.recent())).isEmpty();
    }

    @Test
    void saysItsSamplesOnceOrForEver() {
        byte[] once = new byte[400];
        Waveform.of(new AudioSource.Samples(new short[] {8_316, 8_316}, false), Codec.PCMU).read(0, once);
        assertThat(once).startsWith((byte) 0x9f, (byte) 0x9f, (byte) 0xff).endsWith((byte) 0xff);

        byte[] again = new byte[5];
        Waveform.of(new AudioSource.Samples(new short[] {8_316, 0}, true), Codec.PCMU).read(1, again);
        assertThat(again).containsExactly(0xff, 0x9f, 0xff, 0x9f, 0xff);
    }

    @Test
    void burstsAtKnownTimes() {
        Waveform probe = Waveform.of(AudioSource.echoProbe(), Codec.PCMU);

        assertThat(probe.burstBeginsAt(0)).isFalse();
        assertThat(probe.burstBeginsAt(8_000)).isTrue();
        assertThat(probe.burstBeginsAt(8_160)).isFalse();
        assertThat(probe.burstBeginsAt(16_000)).isTrue();
        assertThat(Waveform.of(AudioSource.tone(400), Codec.PCMU).burstBeginsAt(8_000)).isFalse();
    }
}
