package dev.trunkline.rtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IceCandidateTest {

    @ParameterizedTest
    @CsvSource({
        "candidate:1 1 udp 2130706431 127.0.0.1 50000 typ host, 127.0.0.1, 50000, host",
        "1 1 UDP 2130706431 10.0.0.7 1 typ host generation 0 ufrag x, 10.0.0.7, 1, host",
        "842163049 1 udp 1677729535 203.0.113.9 65535 typ srflx raddr 0.0.0.0 rport 0, 203.0.113.9, 65535, srflx",
        "7 1 udp 1 2001:db8::5 4444 typ relay, 2001:db8::5, 4444, relay",
    })
    void readsUdpCandidates(String text, String address, int port, String type) throws Exception {
        IceCandidate candidate = IceCandidate.parse(text).orElseThrow();
        assertThat(candidate.address()).isEqualTo(new InetSocketAddress(InetAddress.getByName(address), port));
        assertThat(candidate.type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "candidate:", "1 1 udp", "1 1 tcp 1 127.0.0.1 9 typ host tcptype passive",
        "1 2 udp 1 127.0.0.1 9 typ host", "1 1 udp 1 127.0.0.1 0 typ host", "1 1 udp 1 127.0.0.1 65536 typ host",
        "1 1 udp -1 127.0.0.1 9 typ host", "1 1 udp 4294967296 127.0.0.1 9 typ host",
        "1 1 udp x 127.0.0.1 9 typ host", "1 1 udp 1 127.0.0.1 x typ host",
        "1 1 udp 1 4f1a-b2.local 9 typ host", "1 1 udp 1 127.0.0.1 9 type host", "1 1 udp 1 1.2.3.4.5 9 typ host",
    })
    void whatCannotBeUsedIsSkipped(String text) {
        assertThat(IceCandidate.parse(text)).isEmpty();
    }

    @Test
    void ownCandidatesComeBackAndFallInPriority() throws Exception {
        IceCandidate first = IceCandidate.host(InetAddress.getByName("192.0.2.1"), 5000, 0);
        IceCandidate second = IceCandidate.host(InetAddress.getByName("2001:db8::1"), 5000, 1);
        assertThat(IceCandidate.parse(first.toSdp())).contains(first);
        assertThat(IceCandidate.parse(second.toSdp())).contains(second);
        assertThat(first.priority()).isEqualTo(2_130_706_431L).isGreaterThan(second.priority());
    }
}
