package dev.trunkline.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import dev.trunkline.rtc.AudioCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtpViewTest {

    private static final byte[] PAYLOAD = {10, 20, 30, 40, 50};

    private final RtpView view = new RtpView(1);

    @ParameterizedTest
    @CsvSource({
        "0, 0, false, -1", "65535, 4294967295, true, 0", "32768, 2147483648, false, 127", "1, 1, true, 42",
    })
    void whatIsWrittenIsRead(int sequence, long timestamp, boolean marker, int level) {
        byte[] packet = new byte[100];
        RtpWriter writer = new RtpWriter(8, 0xfedcba98L, 1);
        int length = writer.write(packet, sequence, timestamp, marker, PAYLOAD, 1, 3, level);
        assertThat(view.wrap(packet, length)).isTrue();
        assertThat(view.sequence()).isEqualTo(sequence);
        assertThat(view.timestamp()).isEqualTo(timestamp);
        assertThat(view.marker()).isEqualTo(marker);
        assertThat(view.payloadType()).isEqualTo(8);
        assertThat(view.codec()).contains(AudioCodec.PCMA);
        assertThat(view.ssrc()).isEqualTo(0xfedcba98L);
        assertThat(view.audioLevel()).isEqualTo(level);
        assertThat(payload()).containsExactly(20, 30, 40);
    }

    @Test
    void noLevelIsWrittenWhereItWasNotAgreedOn() {
        byte[] packet = new byte[100];
        assertThat(new RtpWriter(0, 1, 0).write(packet, 1, 1, false, PAYLOAD, 0, 5, 30)).isEqualTo(17);
        assertThat(view.wrap(packet, 17)).isTrue();
        assertThat(view.audioLevel()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        // contributing sources, padding, padding and extension, other extensions around, two-octet headers
        "820000010000000200000003aaaaaaaabbbbbbbb0102, 0102, -1",
        "a000000100000002000000030102000003, 0102, -1",
        "b00000010000000200000003bede0001108500000102000003, 0102, 5",
        "900000010000000200000003bede000221aabb10850000000102, 0102, 5",
        "900000010000000200000003bede0001f01085000102, 0102, -1",
        "900000010000000200000003100000010185000001, 01, -1",
        "900000010000000200000003bede000001, 01, -1",
        "800000010000000200000003, '', -1",
    })
    void readsEveryShapeOfHeader(String hex, String payload, int level) {
        byte[] packet = HexFormat.of().parseHex(hex);
        assertThat(view.wrap(packet, packet.length)).isTrue();
        assertThat(HexFormat.of().formatHex(payload())).isEqualTo(payload);
        assertThat(view.audioLevel()).isEqualTo(level);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "80", "8000000100000002000000", "000000010000000200000003", "c00000010000000200000003",
        "8f0000010000000200000003", "900000010000000200000003", "900000010000000200000003bedeffff",
        "a00000010000000200000003010200ff", "a0000001000000020000000301020000", "a000000100000002000000030d",
    })
    void malformedPacketsAreRefused(String hex) {
        byte[] packet = HexFormat.of().parseHex(hex);
        assertThat(view.wrap(packet, packet.length)).isFalse();
    }

    @Test
    void garbageStaysInsideThePacket() {
        Random random = new Random(3);
        for (int i = 0; i < 50_000; i++) {
            byte[] packet = new byte[random.nextInt(60)];
            random.nextBytes(packet);
            if (packet.length > 0) {
                packet[0] = (byte) (0x80 | packet[0] & 0x3f);
            }
            if (view.wrap(packet, packet.length)) {
                assertThat(view.payloadOffset()).isBetween(12, packet.length);
                assertThat(view.payloadOffset() + view.payloadLength()).isBetween(view.payloadOffset(), packet.length);
            }
        }
    }

    private byte[] payload() {
        return Arrays.copyOfRange(view.buffer(), view.payloadOffset(), view.payloadOffset() + view.payloadLength());
    }
}
