package dev.trunkline.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpHeaderTest {
    private final RtpHeader header = new RtpHeader();

    private boolean read(String hex) {
        byte[] packet = HexFormat.of().parseHex(hex.replace(" ", ""));
        return header.read(packet, packet.length);
    }

    @Test
    void readsWhatTheWriterWrites() {
        var writer = new RtpWriter(0xdeadbeefL);
        int length = writer.header(101, true, 65_535, 0xfffffff0L, 4);
        assertThat(length).isEqualTo(16);
        assertThat(header.read(writer.buffer(), length)).isTrue();
        assertThat(header.payloadType()).isEqualTo(101);
        assertThat(header.marker()).isTrue();
        assertThat(header.sequence()).isEqualTo(65_535);
        assertThat(header.timestamp()).isEqualTo(0xfffffff0L);
        assertThat(header.ssrc()).isEqualTo(0xdeadbeefL);
        assertThat(header.payloadOffset()).isEqualTo(12);
        assertThat(header.payloadLength()).isEqualTo(4);
    }

    @Test
    void skipsSourcesExtensionAndPadding() {
        // Two contributing sources, an extension of one word, two octets of payload, two of padding.
        assertThat(read("b2 00 0001 00000002 00000003 11111111 22222222 bede0001 aabbccdd 7f7f 0002")).isTrue();
        assertThat(header.payloadOffset()).isEqualTo(28);
        assertThat(header.payloadLength()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "80", "80 00 0001 00000002 000000", "40 00 0001 00000002 00000003", "81 00 0001 00000002 00000003",
        "90 00 0001 00000002 00000003", "90 00 0001 00000002 00000003 bede0001", "a0 00 0001 00000002 00000003 00",
        "a0 00 0001 00000002 00000003 0005", "00 01 0000 2112a442 000000000000000000000000"
    })
    void refusesWhatIsNoRtp(String hex) {
        assertThat(read(hex)).isFalse();
    }

    @Test
    void neverLooksBeyondThePacket() {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] packet = new byte[random.nextInt(64)];
            random.nextBytes(packet);
            if (packet.length > 0) {
                packet[0] = (byte) (0x80 | packet[0] & 0x3f);
            }
            if (header.read(packet, packet.length)) {
                assertThat(header.payloadOffset() + header.payloadLength()).isLessThanOrEqualTo(packet.length);
                assertThat(header.payloadLength()).isNotNegative();
            }
        }
    }

    @Test
    void tellsRtcpFromRtp() {
        assertThat(RtpHeader.isRtcp(HexFormat.of().parseHex("80c8"), 2)).isTrue();
        assertThat(RtpHeader.isRtcp(HexFormat.of().parseHex("8080"), 2)).isFalse();
        assertThat(RtpHeader.isRtcp(new byte[0], 0)).isFalse();
    }
}
