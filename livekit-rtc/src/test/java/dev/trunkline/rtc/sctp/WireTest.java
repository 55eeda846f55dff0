package dev.trunkline.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chunks as bytes, and back. */
class WireTest {
    private static final InitParameters PARAMETERS = new InitParameters(
            0xCAFEBABE, 0xFFFFFFFFL, 65_535, 1, -5, true, true, new byte[] {9, 8, 7, 6, 5}, List.of());

    static List<Chunk> chunks() {
        return List.of(
                new Chunk.Data(-1, 65_535, 65_535, 53, new Chunk.Data.Flags(true, true, true, true), new byte[] {1}),
                new Chunk.Data(1, 2, 3, 4, new Chunk.Data.Flags(false, false, false, false), new byte[] {1, 2, 3, 4}),
                new Chunk.Init(PARAMETERS),
                new Chunk.InitAck(PARAMETERS),
                new Chunk.Sack(-2, 0xFFFFFFFFL, List.of(new Chunk.Sack.Gap(2, 3), new Chunk.Sack.Gap(9, 65_535)),
                        List.of(1, -1)),
                new Chunk.Sack(0, 0, List.of(), List.of()),
                new Chunk.Heartbeat(new byte[] {1, 2, 3}),
                new Chunk.HeartbeatAck(new byte[0]),
                new Chunk.Abort(false),
                new Chunk.Abort(true),
                new Chunk.Shutdown(-9),
                new Chunk.ShutdownAck(),
                new Chunk.OperationError(new byte[] {0, 6, 0, 4}),
                new Chunk.CookieEcho(new byte[] {1, 2, 3, 4, 5, 6, 7}),
                new Chunk.CookieAck(),
                new Chunk.ShutdownComplete(true),
                new Chunk.ForwardTsn(77, List.of(new Chunk.ForwardTsn.Skip(1, 65_535))),
                new Chunk.Reconfig(List.of(
                        new Chunk.Reconfig.ResetRequest(1, -2, 3, List.of(0, 65_534, 7)),
                        new Chunk.Reconfig.Response(-1, 6))),
                new Chunk.Unknown(0xFE, new byte[] {(byte) 0xFE, 0, 0, 6, 1, 2}));
    }

    @ParameterizedTest
    @MethodSource("chunks")
    void everyChunkComesBackAndIsPadded(Chunk chunk) {
        byte[] bytes = new SctpPacket(5000, 5001, 42, List.of(chunk, new Chunk.CookieAck())).bytes();
        assertThat(bytes.length % 4).isZero();
        SctpPacket back = SctpPacket.parse(bytes).orElseThrow();
        assertThat(back.sourcePort()).isEqualTo(5000);
        assertThat(back.destinationPort()).isEqualTo(5001);
        assertThat(back.tag()).isEqualTo(42);
        assertThat(back.chunks()).usingRecursiveFieldByFieldElementComparator()
                .containsExactly(chunk, new Chunk.CookieAck());
    }

    /** The check value of CRC32c and its position: {@code 123456789} gives E3069283. */
    @Test
    void theChecksumIsCrc32cWithItsLeastSignificantByteFirst() {
        CRC32C crc = new CRC32C();
        crc.update("123456789".getBytes(StandardCharsets.US_ASCII));
        assertThat(crc.getValue()).isEqualTo(0xE3069283L);

        byte[] bytes = new SctpPacket(5000, 5000, 1, List.of(new Chunk.CookieAck())).bytes();
        byte[] zeroed = bytes.clone();
        zeroed[8] = zeroed[9] = zeroed[10] = zeroed[11] = 0;
        crc.reset();
        crc.update(zeroed);
        assertThat(Integer.reverseBytes((int) crc.getValue()))
                .isEqualTo(ByteBuffer.wrap(bytes).getInt(8));
    }

    /** An INIT as sent by pion/sctp 1.11, which offers RE-CONFIG, FORWARD-TSN, I-DATA, I-FORWARD-TSN and zero checksum. */
    @Test
    void anInitOfPionIsUnderstood() {
        byte[] init = HexFormat.of().parseHex("1388138800000000c7169a0a" + "01000024"
                + "9d2d22ff00100000ffffffff84dd8f16" + "8008000882c040c2" + "8001000800000001");
        InitParameters parameters =
                ((Chunk.Init) SctpPacket.parse(init).orElseThrow().chunks().getFirst()).parameters();
        assertThat(parameters.tag()).isEqualTo(0x9d2d22ff);
        assertThat(parameters.window()).isEqualTo(1 << 20);
        assertThat(parameters.outStreams()).isEqualTo(65_535);
        assertThat(parameters.initialTsn()).isEqualTo(0x84dd8f16);
        assertThat(parameters.reconfig()).isTrue();
        assertThat(parameters.forwardTsn()).isTrue();
        assertThat(parameters.unrecognized()).isEmpty();

        init[15] -= 4; // the last parameter is cut off
        assertThat(SctpPacket.parse(withChecksum(Arrays.copyOf(init, init.length - 4)))).isEmpty();
    }

    @Test
    void aWrongChecksumIsNoPacket() {
        byte[] bytes = new SctpPacket(5000, 5000, 1, List.of(new Chunk.CookieAck())).bytes();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            byte[] broken = bytes.clone();
            broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(SctpPacket.parse(broken)).isEmpty();
        }
    }

    @Test
    void serialNumbersWrap() {
        assertThat(Serial.tsn(0x1_FFFF_FFFEL, 1)).isEqualTo(0x2_0000_0001L);
        assertThat(Serial.tsn(0x2_0000_0001L, -2)).isEqualTo(0x1_FFFF_FFFEL);
        assertThat(Serial.ssn(65_535, 0)).isEqualTo(65_536);
        assertThat(Serial.ssn(65_536, 65_535)).isEqualTo(65_535);
    }

    /** Sets the correct checksum on bytes that were changed. */
    static byte[] withChecksum(byte[] packet) {
        byte[] bytes = packet.clone();
        bytes[8] = bytes[9] = bytes[10] = bytes[11] = 0;
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        ByteBuffer.wrap(bytes).putInt(8, Integer.reverseBytes((int) crc.getValue()));
        return bytes;
    }
}
