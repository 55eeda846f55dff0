package dev.trunkline.relay.g722;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class G722Test {
    private static final int RATE = 16_000;
    /** Delay of both filters together: 22 samples. */
    private static final int DELAY = 22;

    private static short[] made(int samples, DoubleUnaryOperator value) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) Math.clamp(Math.round(value.applyAsDouble(i)), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return pcm;
    }

    private static short[] tone(double hertz, double amplitude, int samples) {
        return made(samples, i -> amplitude * Math.sin(2 * Math.PI * hertz * i / RATE));
    }

    private static byte[] encoded(short[] pcm) {
        byte[] codes = new byte[pcm.length / 2];
        new G722Encoder().encode(pcm, 0, pcm.length, codes, 0);
        return codes;
    }

    private static short[] decoded(byte[] codes) {
        short[] pcm = new short[codes.length * 2];
        new G722Decoder().decode(codes, 0, codes.length, pcm, 0);
        return pcm;
    }

    /** Returns the signal-to-noise ratio in dB for a range of samples. */
    private static double ratio(short[] in, short[] out, int from, int to) {
        double signal = 0;
        double noise = 0;
        for (int i = from; i < to - DELAY; i++) {
            signal += (double) in[i] * in[i];
            noise += Math.pow(in[i] - out[i + DELAY], 2);
        }
        return 10 * Math.log10(signal / Math.max(noise, 1e-9));
    }

    private static long checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private static byte[] littleEndian(short[] pcm) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * pcm.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(pcm);
        return bytes.array();
    }

    /**
     * Returns coloured noise in eight steps from soft to clipping. It is computed in integers so that it is the same
     * everywhere.
     */
    private static short[] noise() {
        short[] pcm = new short[2 * RATE];
        long seed = 12_345;
        int low = 0;
        for (int i = 0; i < pcm.length; i++) {
            seed = seed * 1_103_515_245 + 12_345 & 0x7fffffff;
            low += (int) (seed >> 8 & 0xffff) - 32_768 - low >> 2;
            pcm[i] = (short) Math.clamp(low * (1 << i / 1_600 % 8) >> 6, Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return pcm;
    }

    /** The checksums come from another implementation of G.722, FFmpeg's, for the same two seconds. */
    @Test
    void agreesWithAnotherImplementationToTheBit() {
        short[] pcm = noise();
        assertThat(checksum(littleEndian(pcm))).isEqualTo(1_796_800_193L);
        byte[] codes = encoded(pcm);
        assertThat(checksum(codes)).isEqualTo(2_701_678_438L);
        assertThat(checksum(littleEndian(decoded(codes)))).isEqualTo(3_662_404_519L);
    }

    @ParameterizedTest
    @CsvSource({
        "300, 12000, 25", "1000, 12000, 25", "1000, 300, 20", "3000, 12000, 20", "5000, 12000, 12", "6500, 12000, 12"
    })
    void aToneComesBack(double hertz, double amplitude, double leastRatio) {
        short[] in = tone(hertz, amplitude, RATE);
        assertThat(ratio(in, decoded(encoded(in)), 320, RATE)).isGreaterThan(leastRatio);
    }

    @Test
    void aSweepComesBack() {
        short[] in = made(RATE, i -> 9_000 * Math.sin(2 * Math.PI * (100 * i + 3_400.0 * i * i / (2 * RATE)) / RATE));
        assertThat(ratio(in, decoded(encoded(in)), 320, RATE)).isGreaterThan(20);
    }

    @Test
    void silenceStaysSilent() {
        for (short sample : decoded(encoded(new short[RATE]))) {
            assertThat((int) sample).isBetween(-4, 4);
        }
    }

    @Test
    void theLoudestNeitherWrapsNorRings() {
        short[] in = made(RATE, i -> i / 40 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE);
        short[] out = decoded(encoded(in));
        for (int i = 400; i < RATE - DELAY; i++) {
            // In the middle of each half wave the output must have the sign of the input.
            if (i % 40 == 20) {
                assertThat(Integer.signum(out[i + DELAY])).isEqualTo(Integer.signum(in[i]));
            }
        }
    }

    @Test
    void aNewStreamKnowsNothingOfAnother() {
        short[] in = tone(1_000, 12_000, 640);
        assertThat(encoded(in)).isEqualTo(encoded(in));
        byte[] codes = encoded(in);
        assertThat(decoded(codes)).isEqualTo(decoded(codes));
    }

    @Test
    void packetsOfAnyLengthAreOneStream() {
        short[] in = noise();
        byte[] whole = encoded(in);
        var encoder = new G722Encoder();
        byte[] pieces = new byte[whole.length];
        int at = 0;
        for (int piece = 0; at < whole.length; piece++) {
            int samples = 2 * Math.min(1 + piece % 300, whole.length - at);
            at += encoder.encode(in, 2 * at, samples, pieces, at);
        }
        assertThat(pieces).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6})
    void aLossIsSoonForgotten(int lostPackets) {
        short[] in = tone(700, 10_000, RATE);
        byte[] codes = encoded(in);
        var decoder = new G722Decoder();
        short[] out = new short[RATE];
        for (int packet = 0; packet < 50; packet++) {
            if (packet < 20 || packet >= 20 + lostPackets) {
                decoder.decode(codes, packet * 160, 160, out, packet * 320);
            }
        }
        int later = (20 + lostPackets) * 320 + RATE / 4;
        assertThat(ratio(in, out, later, RATE)).isGreaterThan(20);
    }

    @Test
    void halfAPairIsRefused() {
        assertThatThrownBy(() -> new G722Encoder().encode(new short[321], 0, 321, new byte[200], 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("pairs");
        assertThatThrownBy(() -> new G722Decoder().decode(new byte[10], 0, 10, new short[19], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anyCodeIsHeardWithoutHarm() {
        byte[] codes = new byte[64_000];
        var random = new java.util.Random(4);
        for (int round = 0; round < 20; round++) {
            random.nextBytes(codes);
            assertThat(decoded(codes)).hasSize(128_000);
            Arrays.fill(codes, (byte) round);
            assertThat(decoded(codes)).hasSize(128_000);
        }
    }
}
