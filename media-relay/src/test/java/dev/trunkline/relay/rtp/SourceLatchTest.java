package dev.trunkline.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceLatchTest {
    private static final InetSocketAddress PHONE = new InetSocketAddress("203.0.113.5", 4000);
    private static final InetSocketAddress STRANGER = new InetSocketAddress("198.51.100.66", 4000);
    private static final InetSocketAddress NEIGHBOUR = new InetSocketAddress("203.0.113.5", 6000);

    private static SourceLatch latch(String sdp, String signalling) {
        var latch = new SourceLatch(Optional.of(InetAddress.ofLiteral(signalling)));
        latch.expect(Optional.of(InetAddress.ofLiteral(sdp)), 4000);
        return latch;
    }

    /** @return how many of the packets were accepted */
    private static int send(SourceLatch latch, InetSocketAddress from, long ssrc, int first, int packets) {
        int accepted = 0;
        for (int i = 0; i < packets; i++) {
            accepted += latch.accepts(from, ssrc, first + i & 0xffff) ? 1 : 0;
        }
        return accepted;
    }

    @Test
    void theSdpsOwnSourceIsTakenAtOnceAndNoOtherAfterIt() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5");
        assertThat(latch.latched()).isFalse();
        assertThat(latch.destination()).contains(PHONE);
        assertThat(latch.accepts(PHONE, 1, 10)).isTrue();
        assertThat(send(latch, STRANGER, 2, 1, 500)).isZero();
        assertThat(send(latch, NEIGHBOUR, 1, 11, 500)).isZero();
        assertThat(latch.accepts(PHONE, 1, 11)).isTrue();
        assertThat(latch.destination()).contains(PHONE);
    }

    @Test
    void aStrangerWhoSpraysFirstIsNotTaken() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5");
        assertThat(send(latch, STRANGER, 2, 1, 5_000)).isZero();
        assertThat(latch.accepts(PHONE, 1, 1)).isTrue();
    }

    @Test
    void theSdpsAddressWithAnotherPortMustSendForASecond() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5");
        assertThat(send(latch, NEIGHBOUR, 1, 65_530, SourceLatch.GUEST_PROBATION + 9)).isEqualTo(10);
        assertThat(latch.destination()).contains(NEIGHBOUR);
    }

    @Test
    void aGuessGivesWayToTheSdpsOwnSource() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5");
        assertThat(send(latch, NEIGHBOUR, 1, 1, 100)).isPositive();
        assertThat(latch.accepts(PHONE, 7, 1)).isTrue();
        assertThat(latch.accepts(NEIGHBOUR, 1, 101)).isFalse();
        assertThat(latch.destination()).contains(PHONE);
    }

    @Test
    void theSignallingsAddressMayBeTheMediasToo() {
        SourceLatch latch = latch("203.0.113.5", "192.0.2.1");
        var gateway = new InetSocketAddress("192.0.2.1", 9000);
        assertThat(send(latch, gateway, 1, 1, SourceLatch.GUEST_PROBATION)).isEqualTo(1);
    }

    @Test
    void behindNatAFewPacketsInOrderTellWhereThePhoneIs() {
        SourceLatch latch = latch("192.168.1.20", "203.0.113.9");
        var mapped = new InetSocketAddress("203.0.113.9", 31_000);
        assertThat(send(latch, mapped, 1, 1, SourceLatch.NAT_PROBATION - 1)).isZero();
        assertThat(send(latch, mapped, 1, SourceLatch.NAT_PROBATION, 1)).isEqualTo(1);
        assertThat(send(latch, STRANGER, 1, 1, 500)).isZero();
    }

    @Test
    void withoutAnAddressThePacketsTell() {
        var latch = new SourceLatch(Optional.empty());
        latch.expect(Optional.empty(), 4000);
        assertThat(latch.destination()).isEmpty();
        assertThat(send(latch, PHONE, 1, 1, SourceLatch.NAT_PROBATION)).isEqualTo(1);
        assertThat(latch.destination()).contains(PHONE);
    }

    @Test
    void packetsOutOfOrderPassNoProbation() {
        SourceLatch latch = latch("192.168.1.20", "203.0.113.9");
        var mapped = new InetSocketAddress("203.0.113.9", 31_000);
        for (int i = 0; i < 100; i++) {
            assertThat(latch.accepts(mapped, 1, i * 7)).isFalse();
            assertThat(latch.accepts(mapped, i, i)).isFalse();
        }
    }

    @Test
    void aSecondGuestDoesNotDisturbTheFirst() {
        SourceLatch latch = latch("192.168.1.20", "203.0.113.9");
        var mapped = new InetSocketAddress("203.0.113.9", 31_000);
        int accepted = 0;
        for (int i = 0; i < 20; i++) {
            accepted += latch.accepts(mapped, 1, i) ? 1 : 0;
            accepted += latch.accepts(mapped, 1, ++i) ? 1 : 0;
            assertThat(latch.accepts(STRANGER, 9, i)).isFalse();
        }
        assertThat(accepted).isPositive();
        assertThat(latch.destination()).contains(mapped);
    }

    @Test
    void anotherAddressInAReofferArmsTheLatchAgain() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5");
        latch.accepts(PHONE, 1, 1);
        latch.expect(Optional.of(NEIGHBOUR.getAddress()), NEIGHBOUR.getPort());
        assertThat(latch.latched()).isFalse();
        assertThat(latch.accepts(NEIGHBOUR, 1, 2)).isTrue();
        assertThat(latch.accepts(PHONE, 1, 3)).isFalse();
    }

    @Test
    void theSameAddressInAReofferChangesNothing() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5");
        latch.accepts(PHONE, 1, 1);
        latch.expect(Optional.of(PHONE.getAddress()), PHONE.getPort());
        latch.expect(Optional.empty(), 4000);
        assertThat(latch.latched()).isTrue();
        assertThat(latch.accepts(STRANGER, 1, 1)).isFalse();
    }

    @Test
    void rtcpIsTakenFromTheAddressOfTheRtp() {
        SourceLatch latch = latch("203.0.113.5", "192.0.2.1");
        assertThat(latch.acceptsRtcp(PHONE.getAddress())).isTrue();
        assertThat(latch.acceptsRtcp(STRANGER.getAddress())).isFalse();
        latch.accepts(PHONE, 1, 1);
        assertThat(latch.acceptsRtcp(PHONE.getAddress())).isTrue();
        assertThat(latch.acceptsRtcp(InetAddress.ofLiteral("192.0.2.1"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, true", "172.16.0.1, true", "192.168.0.1, true", "100.64.0.1, true", "100.128.0.1, false",
        "127.0.0.1, true", "169.254.1.1, true", "8.8.8.8, false", "fd00::1, true", "fe80::1, true", "2001:db8::1, false"
    })
    void knowsPrivateAddresses(String address, boolean isPrivate) {
        assertThat(SourceLatch.isPrivate(InetAddress.ofLiteral(address))).isEqualTo(isPrivate);
    }
}
