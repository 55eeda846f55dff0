package dev.trunkline.rtc.room;

import static dev.trunkline.rtc.room.PacketPath.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketPathTest {

    private static final InetSocketAddress FROM = new InetSocketAddress("192.0.2.1", 1);

    @ParameterizedTest
    @CsvSource({
        "0001000021120a442, STUN", "0101000021120a44, STUN", "16feff0000000000, DTLS", "14feff0000000000, DTLS",
        "8000000100000002, RTP", "906f000100000002, RTP", "80ff000100000002, RTP", "80c8000600000002, RTCP",
        "81c9000700000002, RTCP", "81df000700000002, RTCP", "4000000000000000, OTHER", "ff00000000000000, OTHER",
        "0400000000000000, OTHER", "80000001000000, OTHER", "'', OTHER",
    })
    void theFirstOctetsTellTheKind(String hex, Datagram.Kind kind) {
        byte[] bytes = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex.substring(1));
        assertThat(new Datagram().of(FROM, bytes, bytes.length).kind()).isEqualTo(kind);
    }

    @Test
    void aDroppedPacketGoesNoFurtherAndEveryStepCounts() {
        PacketPath path = new PacketPath()
                .on(Datagram.Kind.RTP, step("first", d -> d.length() > 20), step("second", d -> true))
                .on(Datagram.Kind.RTCP, step("first", d -> false))
                .on(Datagram.Kind.STUN).on(Datagram.Kind.DTLS).on(Datagram.Kind.OTHER);
        Datagram datagram = new Datagram();
        byte[] rtp = new byte[30];
        rtp[0] = (byte) 0x80;
        path.process(datagram.of(FROM, rtp, 30));
        path.process(datagram.of(FROM, rtp, 12));
        byte[] rtcp = {(byte) 0x80, (byte) 200, 0, 1, 0, 0, 0, 1};
        path.process(datagram.of(FROM, rtcp, 8));
        assertThat(path.dropped("first")).isEqualTo(2);
        assertThat(path.dropped("second")).isZero();
        assertThat(path.toString()).contains("first: 1 passed, 1 dropped").contains("second: 1 passed, 0 dropped");
    }
}
