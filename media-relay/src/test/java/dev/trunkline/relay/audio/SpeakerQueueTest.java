package dev.trunkline.relay.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.codec.OpusDecoder;
import dev.trunkline.rtc.codec.OpusEncoder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeakerQueueTest {
    private static final long MILLI = 1_000_000;

    private static byte[] codes(int samples, int value) {
        byte[] codes = new byte[samples];
        Arrays.fill(codes, G711.PCMU.encode((short) value));
        return codes;
    }

    /** Packets of any length become frames of 20 ms; nothing is lost or added. */
    @ParameterizedTest
    @ValueSource(ints = {80, 160, 240, 320, 480})
    void cutsFramesFromPackets(int samples) {
        var queue = new SpeakerQueue(8_000, new G711Decoder(G711.PCMU));
        int packets = 4_800 / samples;
        for (int i = 0; i < packets && i < 30; i++) {
            queue.put(i, (long) i * samples, codes(samples, 1_000), 0, samples, 0);
        }
        int expected = Math.min(packets, 30) * samples / 160;
        for (int i = 0; i < expected; i++) {
            assertThat(queue.draw(30 * MILLI)).isTrue();
            assertThat(queue.frame()[0]).isCloseTo((short) 1_000, org.assertj.core.api.Assertions.within((short) 40));
            queue.taken();
        }
    }

    /**
     * A single timestamp ten seconds or more off, and later a jump that stays, in either direction: packets follow their
     * sequence numbers.
     */
    @ParameterizedTest
    @ValueSource(longs = {80_000, -80_000, 1_000_000, -1_000_000})
    void timestampsThatJumpSilenceNobody(long jump) {
        var queue = new SpeakerQueue(8_000, new G711Decoder(G711.PCMU));
        int heard = 0;
        for (int i = 0; i < 150; i++) {
            long timestamp = 10_000_000 + i * 160L + (i == 40 || i >= 80 ? jump : 0);
            queue.put(i, timestamp, codes(160, 1_000), 0, 160, i * 20 * MILLI);
            if (queue.draw((i * 20 + 10) * MILLI)) {
                heard++;
                queue.taken();
            }
        }
        // Some frames are held back for the jitter, at the beginning and again at each jump.
        assertThat(heard).isGreaterThanOrEqualTo(138);
        assertThat(queue.draw(151 * 20 * MILLI)).isTrue();
    }

    @Test
    void aLostPacketFadesTheOneBefore() {
        var queue = new SpeakerQueue(8_000, new G711Decoder(G711.PCMU));
        queue.put(0, 0, codes(160, 8_000), 0, 160, 0);
        assertThat(queue.draw(30 * MILLI)).isTrue();
        queue.taken();
        int before = 8_000;
        for (int i = 0; i < 3; i++) {
            assertThat(queue.draw(50 * MILLI)).isTrue();
            assertThat((int) queue.frame()[80]).isPositive().isLessThan(before);
            before = queue.frame()[80];
            queue.taken();
        }
        assertThat(queue.draw(110 * MILLI)).isFalse();
        assertThat(queue.drained()).isTrue();
    }

    static java.util.List<OpusCodec> codecs() {
        return OpusCodec.available();
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void opusIsDecodedConcealedAndRecovered(OpusCodec codec) {
        try (OpusEncoder encoder = codec.encoder(8_000, 24_000, 5, true);
                var queue = new SpeakerQueue(48_000, new OpusFrameDecoder(codec.decoder(8_000)))) {
            byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES];
            short[] pcm = new short[160];
            int frames = 0;
            for (int i = 0; i < 50; i++) {
                for (int s = 0; s < 160; s++) {
                    pcm[s] = (short) (9_000 * Math.sin((i * 160 + s) * 0.3));
                }
                int length = encoder.encode(pcm, 0, 160, packet, 0);
                if (i % 10 != 7) {
                    queue.put(i, i * 960L, packet, 0, length, i * 20 * MILLI);
                }
                if (queue.draw((i * 20 + 19) * MILLI)) {
                    frames++;
                    queue.taken();
                }
            }
            assertThat(frames).isGreaterThanOrEqualTo(45);
        }
    }

    @Test
    void aDamagedOpusPacketIsConcealed() {
        OpusDecoder decoder = OpusCodec.concentus().decoder(8_000);
        try (var queue = new SpeakerQueue(48_000, new OpusFrameDecoder(decoder))) {
            queue.put(0, 0, new byte[] {(byte) 0xff, (byte) 0xff, 1, 2}, 0, 4, 0);
            assertThat(queue.draw(30 * MILLI)).isTrue();
        }
    }

    @Test
    void whatIsForgottenIsNotPlayed() {
        var queue = new SpeakerQueue(8_000, new G711Decoder(G711.PCMU));
        queue.put(0, 0, codes(320, 8_000), 0, 320, 0);
        assertThat(queue.draw(30 * MILLI)).isTrue();
        queue.taken();
        queue.clear();
        assertThat(queue.draw(50 * MILLI)).isFalse();
    }
}
