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
    /** Where a phone behind NAT is seen, and its address in SDP. */
    private static final InetSocketAddress MAPPED = new InetSocketAddress("203.0.113.9", 31_000);
    private static final String WITHIN = "192.168.1.20";

    private static SourceLatch latch(String sdp, String signalling, boolean anywhere) {
        var latch = new SourceLatch(new TrustedSources(Optional.of(InetAddress.ofLiteral(signalling)), anywhere));
        latch.expect(Optional.of(InetAddress.ofLiteral(sdp)), 4000);
        return latch;
    }

    private static SourceLatch latch(String sdp, String signalling) {
        SourceLatch latch = latch(sdp, signalling, false);
        latch.answered();
        return latch;
    }

    private static SourceLatch behindNat() {
        return latch(WITHIN, "203.0.113.9");
    }

    private static SourceLatch behindNatAnywhere() {
        SourceLatch latch = latch(WITHIN, "203.0.113.9", true);
        latch.answered();
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
    void beforeTheAnswerNothingIsLearntFromAnybody() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5", true);
        for (InetSocketAddress from : new InetSocketAddress[] {NEIGHBOUR, STRANGER}) {
            assertThat(send(latch, from, 1, 1, 500)).isZero();
        }
        assertThat(latch.accepts(PHONE, 1, 500)).as("the source that the SDP names: there is nothing to learn").isTrue();
        assertThat(latch.latched()).isFalse();
        assertThat(latch.destination()).contains(PHONE);
        latch.answered();
        assertThat(latch.accepts(STRANGER, 1, 501)).isFalse();
        assertThat(latch.accepts(PHONE, 1, 501)).isTrue();
    }

    @Test
    void aStrangerWhoSpraysFirstIsNotTaken() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5");
        assertThat(send(latch, STRANGER, 2, 1, 5_000)).isZero();
        assertThat(latch.accepts(PHONE, 1, 1)).isTrue();
    }

    @Test
    void theSdpsAddressWithAnotherPortIsBelievedAfterAFewInOrder() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5");
        assertThat(send(latch, NEIGHBOUR, 1, 65_534, 12)).isEqualTo(10);
        assertThat(latch.destination()).contains(NEIGHBOUR);
        assertThat(send(latch, new InetSocketAddress("203.0.113.5", 6002), 2, 1, 500)).isZero();
    }

    @Test
    void whatIsLikelyGivesWayToTheSdpsOwnSource() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5");
        assertThat(send(latch, NEIGHBOUR, 1, 1, 100)).isPositive();
        assertThat(latch.accepts(PHONE, 7, 1)).isTrue();
        assertThat(latch.accepts(NEIGHBOUR, 1, 101)).isFalse();
        assertThat(latch.destination()).contains(PHONE);
    }

    @Test
    void theSignallingsAddressMayBeTheMediasWhereTheSdpsIsSilentForASecond() {
        SourceLatch latch = latch("203.0.113.5", "192.0.2.1");
        var gateway = new InetSocketAddress("192.0.2.1", 9000);
        assertThat(send(latch, gateway, 1, 1, SourceLatch.A_SECOND)).isEqualTo(1);
        assertThat(send(latch, NEIGHBOUR, 2, 1, SourceLatch.FEW)).isEqualTo(1);
        assertThat(latch.destination()).contains(NEIGHBOUR);
    }

    @Test
    void behindNatTheSignallingsAddressIsBelievedWithAnyPort() {
        SourceLatch latch = behindNat();
        assertThat(send(latch, MAPPED, 1, 1, SourceLatch.FEW - 1)).isZero();
        assertThat(send(latch, MAPPED, 1, SourceLatch.FEW, 1)).isEqualTo(1);
        assertThat(send(latch, STRANGER, 1, 1, 500)).isZero();
        assertThat(latch.destination()).contains(MAPPED);
    }

    @Test
    void aThiefBeforeThePhonesFirstPacketNeitherHearsNorIsHeardNorLocksItOut() {
        SourceLatch latch = behindNat();
        assertThat(send(latch, STRANGER, 66, 1, 6)).isZero();
        assertThat(latch.destination().orElseThrow().getAddress()).isNotEqualTo(STRANGER.getAddress());
        for (int i = 0; i < 20; i++) {
            assertThat(latch.accepts(STRANGER, 66, 7 + i)).isFalse();
            assertThat(latch.accepts(MAPPED, 1, i)).isEqualTo(i >= SourceLatch.FEW - 1);
        }
        assertThat(latch.destination()).contains(MAPPED);
    }

    @Test
    void toAnotherAddressOnlyWhereTheTrunkAllowsIt() {
        var elsewhere = new InetSocketAddress("192.0.2.77", 9000);
        assertThat(send(behindNat(), elsewhere, 1, 1, 500)).isZero();
        assertThat(send(behindNatAnywhere(), elsewhere, 1, 1, SourceLatch.FEW)).isEqualTo(1);
        SourceLatch open = latch("203.0.113.5", "203.0.113.5", true);
        open.answered();
        assertThat(send(open, elsewhere, 1, 1, SourceLatch.A_SECOND)).isEqualTo(1);
    }

    @Test
    void whereAnybodyIsAllowedTheSignallingsAddressTakesOver() {
        SourceLatch latch = behindNatAnywhere();
        assertThat(send(latch, STRANGER, 66, 1, 6)).isPositive();
        assertThat(send(latch, MAPPED, 1, 1, SourceLatch.FEW)).isEqualTo(1);
        assertThat(latch.destination()).contains(MAPPED);
        assertThat(send(latch, STRANGER, 66, 7, 500)).isZero();
    }

    @Test
    void withoutAnAddressInTheSdpThatOfTheSignallingTells() {
        var latch = new SourceLatch(new TrustedSources(Optional.of(MAPPED.getAddress()), false));
        latch.expect(Optional.empty(), 4000);
        latch.answered();
        assertThat(latch.destination()).isEmpty();
        assertThat(send(latch, STRANGER, 1, 1, 500)).isZero();
        assertThat(send(latch, MAPPED, 1, 1, SourceLatch.FEW)).isEqualTo(1);
        assertThat(latch.destination()).contains(MAPPED);
    }

    @Test
    void withoutAnyAddressNobodyIsBelieved() {
        var latch = new SourceLatch(new TrustedSources(Optional.empty(), false));
        latch.expect(Optional.empty(), 4000);
        latch.answered();
        assertThat(send(latch, PHONE, 1, 1, 500)).isZero();
    }

    @Test
    void packetsOutOfOrderPassNoProbation() {
        SourceLatch latch = behindNat();
        for (int i = 0; i < 100; i++) {
            assertThat(latch.accepts(MAPPED, 1, i * 7)).isFalse();
            assertThat(latch.accepts(MAPPED, i, i)).isFalse();
        }
    }

    @Test
    void aSecondGuestDoesNotDisturbTheFirst() {
        SourceLatch latch = behindNatAnywhere();
        var first = new InetSocketAddress("192.0.2.77", 9000);
        int accepted = 0;
        for (int i = 0; i < 20; i++) {
            accepted += latch.accepts(first, 1, i) ? 1 : 0;
            accepted += latch.accepts(first, 1, ++i) ? 1 : 0;
            assertThat(latch.accepts(STRANGER, 9, i)).isFalse();
        }
        assertThat(accepted).isPositive();
        assertThat(latch.destination()).contains(first);
    }

    @Test
    void anotherAddressInAReofferArmsTheLatchAgainUnderTheSameRules() {
        SourceLatch latch = behindNat();
        send(latch, MAPPED, 1, 1, SourceLatch.FEW);
        latch.expect(Optional.of(InetAddress.ofLiteral("192.168.1.21")), 4100);
        assertThat(latch.latched()).isFalse();
        assertThat(send(latch, STRANGER, 1, 4, 500)).isZero();
        assertThat(send(latch, new InetSocketAddress("203.0.113.9", 31_002), 2, 1, SourceLatch.FEW)).isEqualTo(1);
        latch.expect(Optional.of(PHONE.getAddress()), PHONE.getPort());
        assertThat(latch.accepts(PHONE, 1, 2)).isTrue();
        assertThat(latch.accepts(MAPPED, 1, 3)).isFalse();
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

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, true", "172.16.0.1, true", "192.168.0.1, true", "100.64.0.1, true", "100.128.0.1, false",
        "127.0.0.1, true", "169.254.1.1, true", "8.8.8.8, false", "fd00::1, true", "fe80::1, true", "2001:db8::1, false"
    })
    void knowsPrivateAddresses(String address, boolean isPrivate) {
        assertThat(SourceLatch.isPrivate(InetAddress.ofLiteral(address))).isEqualTo(isPrivate);
    }
}
