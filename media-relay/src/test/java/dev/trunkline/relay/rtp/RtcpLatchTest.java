package dev.trunkline.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RtcpLatchTest {
    private static final InetSocketAddress RTP = new InetSocketAddress("203.0.113.5", 4000);
    private static final InetSocketAddress RTCP = new InetSocketAddress("203.0.113.5", 4001);
    private static final InetSocketAddress OTHER_PORT = new InetSocketAddress("203.0.113.5", 4005);
    private static final InetSocketAddress STRANGER = new InetSocketAddress("198.51.100.66", 4001);
    private static final InetSocketAddress GATEWAY = new InetSocketAddress("192.0.2.1", 9001);

    private final SourceLatch rtp =
            new SourceLatch(new TrustedSources(Optional.of(GATEWAY.getAddress()), false));
    private final RtcpLatch latch = new RtcpLatch(rtp);

    private void answered(String sdp) {
        rtp.expect(Optional.of(InetAddress.ofLiteral(sdp)), 4000);
        rtp.answered();
    }

    private boolean hear(InetSocketAddress from) {
        boolean accepted = latch.accepts(from);
        if (accepted) {
            latch.learn(from);
        }
        return accepted;
    }

    @Test
    void beforeTheAnswerNothingIsTaken() {
        rtp.expect(Optional.of(RTP.getAddress()), 4000);
        assertThat(hear(RTCP)).isFalse();
        rtp.answered();
        assertThat(hear(RTCP)).isTrue();
    }

    @Test
    void theFirstSourceIsHeldByAddressAndPort() {
        answered("203.0.113.5");
        assertThat(hear(STRANGER)).isFalse();
        assertThat(hear(GATEWAY)).isFalse();
        assertThat(latch.destination(4001)).contains(RTCP);
        assertThat(hear(OTHER_PORT)).isTrue();
        assertThat(hear(RTCP)).isFalse();
        rtp.accepts(RTP, 1, 1, 0, false);
        assertThat(hear(RTCP)).isFalse();
        assertThat(hear(OTHER_PORT)).isTrue();
        assertThat(latch.destination(4001)).contains(OTHER_PORT);
    }

    @Test
    void behindNatItMayComeFromTheSignallingsAddress() {
        answered("192.168.1.20");
        assertThat(hear(STRANGER)).isFalse();
        assertThat(hear(GATEWAY)).isTrue();
        assertThat(latch.destination(4001)).contains(GATEWAY);
    }

    @Test
    void whenTheRtpMovesElsewhereItIsLearntAgain() {
        answered("203.0.113.5");
        rtp.accepts(RTP, 1, 1, 0, false);
        assertThat(hear(RTCP)).isTrue();
        rtp.expect(Optional.of(STRANGER.getAddress()), 4000);
        assertThat(hear(RTCP)).isFalse();
        assertThat(latch.destination(4007)).contains(new InetSocketAddress("198.51.100.66", 4007));
        assertThat(hear(STRANGER)).isTrue();
    }

    @Test
    void aPhoneWhoseRtpWasBoundToAnotherPortHasItsRtcpLearntAgain() {
        answered("203.0.113.5");
        rtp.accepts(RTP, 1, 1, 0, false);
        assertThat(hear(RTCP)).isTrue();
        assertThat(hear(OTHER_PORT)).isFalse();
        for (int i = 2; i <= 4; i++) {
            rtp.accepts(new InetSocketAddress("203.0.113.5", 5000), 1, i, 1_000_000_000L, false);
        }
        assertThat(rtp.moves()).isEqualTo(1);
        assertThat(latch.destination(4001)).contains(RTCP);
        assertThat(hear(OTHER_PORT)).isTrue();
        assertThat(hear(RTCP)).isFalse();
        assertThat(latch.destination(4001)).contains(OTHER_PORT);
    }
}
