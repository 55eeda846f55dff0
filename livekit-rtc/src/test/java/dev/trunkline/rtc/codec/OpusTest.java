package dev.trunkline.rtc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each implementation alone, and each against the other. */
class OpusTest {
    private static final String EACH = "dev.trunkline.rtc.codec.OpusImplementations#each";
    private static final String PAIRS = "dev.trunkline.rtc.codec.OpusImplementations#pairs";
    private static final String PAIRS_AND_RATES = "dev.trunkline.rtc.codec.OpusImplementations#pairsAndRates";
    private static final int FRAMES = 50;

    /** Prints which implementations are tested, so that a report shows if one was missing. */
    @BeforeAll
    static void sayWhatIsTried() {
        List<String> names = OpusCodec.available().stream().map(OpusCodec::name).toList();
        System.out.println("Opus implementations tried: " + names
                + (names.size() == 2 ? ", each against the other" : "; this machine has no libopus"));
    }

    @ParameterizedTest
    @MethodSource(PAIRS_AND_RATES)
    void aToneComesThrough(OpusImplementations.Named encoding, OpusImplementations.Named decoding, int rate) {
        Tone tone = new Tone(440, rate);
        int frame = rate / 50;
        short[] heard = new short[frame * FRAMES];
        try (OpusEncoder encoder = encoding.codec().encoder(rate, 32_000, 5, false);
                OpusDecoder decoder = decoding.codec().decoder(rate)) {
            short[] pcm = new short[rate * OpusDecoder.MAX_PACKET_MILLIS / 1000];
            byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES + 3];
            for (int i = 0; i < FRAMES; i++) {
                int length = encoder.encode(tone.samples(i * frame, frame), 0, frame, packet, 3);
                assertThat(length).isBetween(10, 400);
                assertThat(decoder.decode(packet, 3, length, pcm)).isEqualTo(frame);
                System.arraycopy(pcm, 0, heard, i * frame, frame);
            }
        }
        assertThat(tone.signalToNoise(heard, 10 * frame, heard.length)).as("dB of 440 Hz").isGreaterThan(15);
        assertThat(Tone.rms(heard, 10 * frame, heard.length)).as("loudness")
                .isCloseTo(8_000 / Math.sqrt(2), within(900.0));
    }

    /** SILK, hybrid or CELT, depending on the bitrate, to each rate. Concentus by itself gets hybrid below 48 kHz wrong. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void aFullBandStreamIsDecodedStraightToEachRate(
            OpusImplementations.Named encoding, OpusImplementations.Named decoding) {
        for (int bitrate : new int[] {12_000, 32_000, 96_000}) {
            List<byte[]> packets = encoded(encoding.codec(), new Tone(1_000, 48_000), bitrate);
            for (int rate : new int[] {8_000, 12_000, 16_000, 24_000, 48_000}) {
                int frame = rate / 50;
                short[] heard = new short[frame * packets.size()];
                try (OpusDecoder decoder = decoding.codec().decoder(rate)) {
                    short[] pcm = new short[frame];
                    for (int i = 0; i < packets.size(); i++) {
                        byte[] packet = packets.get(i);
                        assertThat(decoder.decode(packet, 0, packet.length, pcm)).isEqualTo(frame);
                        System.arraycopy(pcm, 0, heard, i * frame, frame);
                    }
                }
                assertThat(new Tone(1_000, rate).signalToNoise(heard, 10 * frame, heard.length))
                        .as("dB of 1 kHz, %d bit/s at %d Hz", bitrate, rate).isGreaterThan(10);
            }
        }
    }

    private static List<byte[]> encoded(OpusCodec codec, Tone tone, int bitrate) {
        List<byte[]> packets = new ArrayList<>();
        try (OpusEncoder encoder = codec.encoder(48_000, bitrate, 2, true)) {
            byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES];
            for (int i = 0; i < 30; i++) {
                int length = encoder.encode(tone.samples(i * 960, 960), 0, 960, packet, 0);
                packets.add(Arrays.copyOf(packet, length));
            }
        }
        return packets;
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void aStereoStreamIsHeardInMono(OpusImplementations.Named decoding) throws OpusException {
        io.github.jaredmdobson.concentus.OpusEncoder stereo = new io.github.jaredmdobson.concentus.OpusEncoder(
                48_000, 2, OpusApplication.OPUS_APPLICATION_AUDIO);
        stereo.setBitrate(64_000);
        stereo.setForceChannels(2);
        Tone tone = new Tone(1_000, 48_000);
        short[] heard = new short[160 * FRAMES];
        try (OpusDecoder decoder = decoding.codec().decoder(8_000)) {
            byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES];
            short[] pcm = new short[960];
            short[] both = new short[1_920];
            for (int i = 0; i < FRAMES; i++) {
                short[] left = tone.samples(i * 960, 960);
                for (int s = 0; s < 960; s++) {
                    both[2 * s] = left[s];
                }
                int length = stereo.encode(both, 0, 960, packet, 0, packet.length);
                assertThat(packet[0] & 4).as("the stereo bit").isNotZero();
                assertThat(decoder.decode(packet, 0, length, pcm)).isEqualTo(160);
                System.arraycopy(pcm, 0, heard, i * 160, 160);
            }
        }
        assertThat(new Tone(1_000, 8_000).signalToNoise(heard, 1_600, heard.length)).isGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void bothDecodersHearTheSame(OpusImplementations.Named encoding, OpusImplementations.Named decoding) {
        short[] pcm = new short[5_760];
        short[] reference = new short[5_760];
        double difference = 0;
        double energy = 1;
        try (OpusEncoder encoder = encoding.codec().encoder(16_000, 24_000, 5, false);
                OpusDecoder decoder = decoding.codec().decoder(48_000);
                OpusDecoder concentus = OpusCodec.concentus().decoder(48_000)) {
            byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES];
            for (int i = 0; i < FRAMES; i++) {
                int length = encoder.encode(new Tone(300 + 20 * i, 16_000).samples(0, 320), 0, 320, packet, 0);
                int samples = decoder.decode(packet, 0, length, pcm);
                assertThat(concentus.decode(packet, 0, length, reference)).isEqualTo(samples).isEqualTo(960);
                for (int s = 0; s < samples; s++) {
                    difference += Math.pow(pcm[s] - reference[s], 2);
                    energy += Math.pow(reference[s], 2);
                }
            }
        }
        assertThat(10 * Math.log10(energy / Math.max(1, difference))).as("dB of agreement").isGreaterThan(25);
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void aLostPacketIsConcealed(OpusImplementations.Named encoding, OpusImplementations.Named decoding) {
        Tone tone = new Tone(200, 8_000);
        try (OpusEncoder encoder = encoding.codec().encoder(8_000, 24_000, 5, false);
                OpusDecoder decoder = decoding.codec().decoder(8_000)) {
            byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES];
            short[] pcm = new short[960];
            for (int i = 0; i < 20; i++) {
                decoder.decode(packet, 0, encoder.encode(tone.samples(i * 160, 160), 0, 160, packet, 0), pcm);
            }
            assertThat(decoder.conceal(pcm, 160)).isEqualTo(160);
            assertThat(Tone.rms(pcm, 0, 160)).as("the gap is not silent").isGreaterThan(1_000);
            for (int i = 0; i < 20; i++) {
                assertThat(decoder.conceal(pcm, 160)).isEqualTo(160);
            }
            assertThat(Tone.rms(pcm, 0, 160)).as("nor does it drone on").isLessThan(300);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void aLostPacketIsInTheNextOneWithFec(OpusImplementations.Named encoding, OpusImplementations.Named decoding) {
        // A new tone begins in the lost packet: concealment cannot know it, but the copy in the next packet contains
        // it.
        Tone before = new Tone(250, 16_000);
        Tone after = new Tone(700, 16_000);
        double withFec = afterLoss(encoding.codec(), decoding.codec(), before, after, true);
        double concealed = afterLoss(encoding.codec(), decoding.codec(), before, after, false);
        assertThat(withFec).as("dB of the new tone").isGreaterThan(concealed + 6);
    }

    private static double afterLoss(OpusCodec encoding, OpusCodec decoding, Tone before, Tone after, boolean fec) {
        try (OpusEncoder encoder = encoding.encoder(16_000, 32_000, 10, true);
                OpusDecoder decoder = decoding.decoder(16_000)) {
            encoder.expectLoss(50);
            byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES];
            short[] pcm = new short[1_920];
            for (int i = 0; i < 25; i++) {
                decoder.decode(packet, 0, encoder.encode(before.samples(i * 320, 320), 0, 320, packet, 0), pcm);
            }
            encoder.encode(after.samples(0, 320), 0, 320, packet, 0);
            int length = encoder.encode(after.samples(320, 320), 0, 320, packet, 0);
            int samples = fec ? decoder.decodeFec(packet, 0, length, pcm, 320) : decoder.conceal(pcm, 320);
            assertThat(samples).isEqualTo(320);
            assertThat(decoder.decode(packet, 0, length, new short[1_920])).isEqualTo(320);
            return after.signalToNoise(pcm, 100, 320);
        }
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void garbageIsAnInvalidPacketOrSomeSamplesAndTheDecoderGoesOn(OpusImplementations.Named named) {
        SplittableRandom random = new SplittableRandom(5);
        try (OpusDecoder decoder = named.codec().decoder(8_000);
                OpusEncoder encoder = named.codec().encoder(8_000, 24_000, 5, true)) {
            short[] pcm = new short[960];
            int invalid = 0;
            for (int i = 0; i < 1_500; i++) {
                byte[] garbage = new byte[random.nextInt(200)];
                random.nextBytes(garbage);
                int samples = i % 3 == 0
                        ? decoder.decodeFec(garbage, 0, garbage.length, pcm, 160)
                        : decoder.decode(garbage, 0, garbage.length, pcm);
                assertThat(samples == OpusDecoder.INVALID_PACKET || samples > 0 && samples <= 960)
                        .as("%d for %s", samples, Arrays.toString(garbage)).isTrue();
                invalid += samples < 0 ? 1 : 0;
            }
            assertThat(invalid).isPositive();

            byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES];
            Tone tone = new Tone(440, 8_000);
            short[] heard = new short[160 * FRAMES];
            for (int i = 0; i < FRAMES; i++) {
                decoder.decode(packet, 0, encoder.encode(tone.samples(i * 160, 160), 0, 160, packet, 0), pcm);
                System.arraycopy(pcm, 0, heard, i * 160, 160);
            }
            assertThat(tone.signalToNoise(heard, 4_000, heard.length)).isGreaterThan(10);
        }
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void badArgumentsAreNamed(OpusImplementations.Named named) {
        OpusCodec codec = named.codec();
        assertThatThrownBy(() -> codec.decoder(44_100))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("44100");
        assertThatThrownBy(() -> codec.encoder(8_000, 100, 5, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.encoder(8_000, 24_000, 11, false)).isInstanceOf(IllegalArgumentException.class);
        try (OpusDecoder decoder = codec.decoder(8_000); OpusEncoder encoder = codec.encoder(8_000, 24_000, 0, true)) {
            short[] pcm = new short[960];
            byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES];
            int length = encoder.encode(pcm, 0, 160, packet, 0);
            for (Consumer<byte[]> call : List.<Consumer<byte[]>>of(
                    p -> decoder.decode(p, 0, length, new short[159]),
                    p -> decoder.decode(p, 0, p.length + 1, pcm),
                    p -> decoder.decode(p, -1, 3, pcm),
                    p -> decoder.conceal(pcm, 161),
                    p -> decoder.conceal(pcm, 0),
                    p -> decoder.conceal(new short[10], 160),
                    p -> decoder.conceal(new short[2_000], 980),
                    p -> decoder.decodeFec(p, 0, length, new short[10], 160),
                    p -> encoder.encode(pcm, 0, 161, p, 0),
                    p -> encoder.encode(pcm, 900, 160, p, 0),
                    p -> encoder.encode(pcm, 0, 160, p, p.length),
                    p -> encoder.encode(pcm, 0, 960, p, 0),
                    p -> encoder.expectLoss(101))) {
                assertThatThrownBy(() -> call.accept(packet))
                        .isInstanceOfAny(IllegalArgumentException.class, IndexOutOfBoundsException.class);
            }
            assertThat(decoder.decode(packet, 0, length, new short[160])).isEqualTo(160);
            assertThat(decoder.decode(packet, 0, 0, pcm)).isEqualTo(OpusDecoder.INVALID_PACKET);
        }
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void anythingAfterCloseIsAnIllegalState(OpusImplementations.Named named) {
        OpusDecoder decoder = named.codec().decoder(8_000);
        OpusEncoder encoder = named.codec().encoder(8_000, 24_000, 0, false);
        decoder.close();
        decoder.close();
        encoder.close();
        encoder.close();
        short[] pcm = new short[960];
        byte[] packet = new byte[100];
        assertThatThrownBy(() -> decoder.decode(packet, 0, 10, pcm)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> decoder.conceal(pcm, 160)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> decoder.decodeFec(packet, 0, 10, pcm, 160)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> encoder.encode(pcm, 0, 160, packet, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> encoder.expectLoss(5)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void anotherThreadIsTurnedAway(OpusImplementations.Named named) {
        try (OpusDecoder decoder = named.codec().decoder(8_000)) {
            CompletableFuture<Integer> elsewhere =
                    CompletableFuture.supplyAsync(() -> decoder.conceal(new short[160], 160));
            assertThatThrownBy(elsewhere::get).isInstanceOf(ExecutionException.class)
                    .cause().isInstanceOf(WrongThreadException.class);
            assertThat(decoder.conceal(new short[160], 160)).isEqualTo(160);
        }
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void everyFrameLengthComesBack(OpusImplementations.Named named) {
        try (OpusEncoder encoder = named.codec().encoder(48_000, 32_000, 3, false);
                OpusDecoder decoder = named.codec().decoder(48_000)) {
            byte[] packet = new byte[4_000];
            short[] pcm = new short[5_760];
            for (int samples : new int[] {120, 240, 480, 960, 1_920, 2_880}) {
                int length = encoder.encode(new short[2_880], 0, samples, packet, 0);
                assertThat(decoder.decode(packet, 0, length, pcm)).isEqualTo(samples);
            }
        }
    }

    @Test
    void concentusIsAlwaysThereAndLast() {
        assertThat(OpusCodec.available()).isNotEmpty().last().isInstanceOf(ConcentusCodec.class);
        assertThat(OpusCodec.detect().name()).isEqualTo(OpusCodec.available().getFirst().name());
    }
}
