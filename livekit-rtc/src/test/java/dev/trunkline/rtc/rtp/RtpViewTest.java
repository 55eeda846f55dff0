package dev.trunkline.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.AudioCodec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
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
        int begin = new RtpWriter(0xfedcba98L, 1).header(packet, 8, marker, sequence, timestamp, level);
        System.arraycopy(PAYLOAD, 1, packet, begin, 3);
        int length = begin + 3;
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
        assertThat(new RtpWriter(1).header(packet, 0, false, 1, 1, 30)).isEqualTo(RtpWriter.HEADER);
        assertThat(view.wrap(packet, 17)).isTrue();
        assertThat(view.audioLevel()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        // contributing sources, padding, padding and extension, other extensions before and after, two-octet headers
        "820000010000000200000003aaaaaaaabbbbbbbb0102, 0102, -1",
        "b2000001000000020000000311111111222222221000000100850000" + "7f7f0002, 7f7f, -1",
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
        "400000010000000200000003", "810000010000000200000003", "900000010000000200000003bede0001",
        "a0000001000000020000000300", "a000000100000002000000030005", "000100002112a442000000000000000000000000",
    })
    void malformedPacketsAreRefused(String hex) {
        byte[] packet = HexFormat.of().parseHex(hex);
        assertThat(view.wrap(packet, packet.length)).isFalse();
    }

    @Test
    void aHeaderGoesBeforeAPayloadThatIsThereAlready() {
        byte[] packet = new byte[16];
        System.arraycopy(PAYLOAD, 0, packet, RtpWriter.HEADER, 4);
        assertThat(new RtpWriter(0xdeadbeefL).header(packet, 101, true, 65_535, 0xffff_fff0L)).isEqualTo(RtpWriter.HEADER);
        RtpView plain = new RtpView();
        assertThat(plain.wrap(packet, 16)).isTrue();
        assertThat(plain.payloadType()).isEqualTo(101);
        assertThat(plain.marker()).isTrue();
        assertThat(plain.sequence()).isEqualTo(65_535);
        assertThat(plain.timestamp()).isEqualTo(0xffff_fff0L);
        assertThat(plain.ssrc()).isEqualTo(0xdeadbeefL);
        assertThat(Arrays.copyOfRange(packet, plain.payloadOffset(), 16)).containsExactly(10, 20, 30, 40);
    }

    @Test
    void aViewThatWantsNoLevelStepsOverIt() {
        byte[] packet = HexFormat.of().parseHex("900000010000000200000003bede0001108500000102");
        RtpView plain = new RtpView();
        assertThat(plain.wrap(packet, packet.length)).isTrue();
        assertThat(plain.audioLevel()).isEqualTo(-1);
        assertThat(plain.payloadLength()).isEqualTo(2);
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
