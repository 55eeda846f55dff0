package dev.trunkline.relay.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.codec.G711;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoders and encoders of frames: sample rates, lengths, damaged and lost packets. */
class CodecFramesTest {
    private static short[] tone(double hertz, int rate, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) (8_000 * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return pcm;
    }

    private static double loudness(short[] pcm, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    @ParameterizedTest
    @CsvSource({"300, 0.97, 1.03", "1000, 0.97, 1.03", "3300, 0.85, 1.05"})
    void narrowSpeechIsHeardWide(double hertz, double least, double most) {
        byte[] codes = new byte[8_000];
        G711.PCMU.encode(tone(hertz, 8_000, 8_000), 0, 8_000, codes, 0);
        var decoder = new WidebandDecoder(new G711Decoder(G711.PCMU));
        short[] pcm = new short[16_000];
        for (int i = 0; i < 50; i++) {
            assertThat(decoder.decode(codes, i * 160, 160, pcm, i * 320)).isEqualTo(320);
        }
        assertThat(loudness(pcm, 400, 16_000) / (8_000 / Math.sqrt(2))).isBetween(least, most);
        // Interpolated samples fit between their neighbours: the second difference of a sine is small.
        double unevenness = 0;
        for (int i = 401; i < 15_999; i++) {
            unevenness = Math.max(unevenness, Math.abs(pcm[i + 1] - 2 * pcm[i] + pcm[i - 1]));
        }
        double step = 2 * Math.PI * hertz / 16_000;
        assertThat(unevenness).isLessThan(8_000 * step * step + 1_500);
    }

    @ParameterizedTest
    @CsvSource({"300, 0.95, 1.05", "1000, 0.95, 1.05", "3200, 0.85, 1.05", "5000, 0, 0.02", "7000, 0, 0.02"})
    void wideSpeechIsHeardNarrowWithoutEchoesOfItsUpperHalf(double hertz, double least, double most) {
        byte[] codes = new byte[8_000];
        new G722FrameEncoder().encode(tone(hertz, 16_000, 16_000), 0, 16_000, codes, 0);
        var decoder = new NarrowbandDecoder(new G722FrameDecoder());
        short[] pcm = new short[8_000];
        for (int i = 0; i < 50; i++) {
            assertThat(decoder.decode(codes, i * 160, 160, pcm, i * 160)).isEqualTo(160);
        }
        assertThat(loudness(pcm, 400, 8_000) / (8_000 / Math.sqrt(2))).isBetween(least, most + (least == 0 ? 0.03 : 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 161, 961, 1_601, 1_608, 2_000})
    void oddLengthsOfG722AreRefused(int octets) {
        assertThat(new G722FrameDecoder().decode(new byte[octets], 0, octets, new short[4_000], 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 160, 240, 320, 480, 960, 1_600})
    void g722OfAnyLengthUpTo200MillisecondsIsTaken(int octets) {
        assertThat(new G722FrameDecoder().decode(new byte[octets], 0, octets, new short[4_000], 0)).isEqualTo(2 * octets);
    }

    @Test
    void aLostPacketOfG722FadesTheOneBefore() {
        var decoder = new G722FrameDecoder();
        byte[] codes = new byte[800];
        new G722FrameEncoder().encode(tone(500, 16_000, 1_600), 0, 1_600, codes, 0);
        short[] pcm = new short[320];
        for (int i = 0; i < 5; i++) {
            decoder.decode(codes, i * 160, 160, pcm, 0);
        }
        double before = loudness(pcm, 0, 320);
        for (int i = 0; i < 3; i++) {
            assertThat(decoder.conceal(pcm, 0, 320)).isEqualTo(320);
            assertThat(loudness(pcm, 0, 320)).isBetween(1.0, before);
            before = loudness(pcm, 0, 320);
        }
        decoder.conceal(pcm, 0, 320);
        assertThat(pcm).containsOnly((short) 0);
    }

    @ParameterizedTest
    @CsvSource({"8000, 10", "8000, 20", "16000, 30", "16000, 40", "8000, 60"})
    void framesBecomePacketsOfTheLengthThatIsWanted(int rate, int millis) {
        var cutter = new PacketCutter(rate, millis);
        short[] frame = new short[rate / 50];
        int next = 0;
        int expected = 0;
        int packets = 0;
        for (int i = 0; i < 60; i++) {
            for (int s = 0; s < frame.length; s++) {
                frame[s] = (short) next++;
            }
            cutter.add(frame);
            while (cutter.full()) {
                for (int s = 0; s < cutter.packetSamples(); s++) {
                    assertThat(cutter.samples()[s]).isEqualTo((short) expected++);
                }
                cutter.cut();
                packets++;
            }
        }
        assertThat(packets).isEqualTo(1_200 / millis);
        assertThat(cutter.held()).isZero();
    }
}
