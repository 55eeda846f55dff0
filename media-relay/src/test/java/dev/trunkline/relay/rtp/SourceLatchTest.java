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
    /** The address from which packets of a phone behind NAT arrive, followed by its address in SDP. */
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
            accepted += latch.accepts(from, ssrc, first + i & 0xffff, 0, false) ? 1 : 0;
        }
        return accepted;
    }

    @Test
    void theSdpsOwnSourceIsTakenAtOnceAndNoOtherAfterIt() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5");
        assertThat(latch.latched()).isFalse();
        assertThat(latch.destination()).contains(PHONE);
        assertThat(latch.accepts(PHONE, 1, 10, 0, false)).isTrue();
        assertThat(send(latch, STRANGER, 2, 1, 500)).isZero();
        assertThat(send(latch, NEIGHBOUR, 1, 11, 500)).isZero();
        assertThat(latch.accepts(PHONE, 1, 11, 0, false)).isTrue();
        assertThat(latch.destination()).contains(PHONE);
    }

    @Test
    void beforeTheAnswerNothingIsLearntFromAnybody() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5", true);
        for (InetSocketAddress from : new InetSocketAddress[] {NEIGHBOUR, STRANGER}) {
            assertThat(send(latch, from, 1, 1, 500)).isZero();
        }
        assertThat(latch.accepts(PHONE, 1, 500, 0, false)).as("the source that the SDP names: there is nothing to learn").isTrue();
        assertThat(latch.latched()).isFalse();
        assertThat(latch.destination()).contains(PHONE);
        latch.answered();
        assertThat(latch.accepts(STRANGER, 1, 501, 0, false)).isFalse();
        assertThat(latch.accepts(PHONE, 1, 501, 0, false)).isTrue();
    }

    @Test
    void aStrangerWhoSpraysFirstIsNotTaken() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5");
        assertThat(send(latch, STRANGER, 2, 1, 5_000)).isZero();
        assertThat(latch.accepts(PHONE, 1, 1, 0, false)).isTrue();
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
        assertThat(latch.accepts(PHONE, 7, 1, 0, false)).isTrue();
        assertThat(latch.accepts(NEIGHBOUR, 1, 101, 0, false)).isFalse();
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
            assertThat(latch.accepts(STRANGER, 66, 7 + i, 0, false)).isFalse();
            assertThat(latch.accepts(MAPPED, 1, i, 0, false)).isEqualTo(i >= SourceLatch.FEW - 1);
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
            assertThat(latch.accepts(MAPPED, 1, i * 7, 0, false)).isFalse();
            assertThat(latch.accepts(MAPPED, i, i, 0, false)).isFalse();
        }
    }

    @Test
    void aSecondGuestDoesNotDisturbTheFirst() {
        SourceLatch latch = behindNatAnywhere();
        var first = new InetSocketAddress("192.0.2.77", 9000);
        int accepted = 0;
        for (int i = 0; i < 20; i++) {
            accepted += latch.accepts(first, 1, i, 0, false) ? 1 : 0;
            accepted += latch.accepts(first, 1, ++i, 0, false) ? 1 : 0;
            assertThat(latch.accepts(STRANGER, 9, i, 0, false)).isFalse();
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
        assertThat(latch.accepts(PHONE, 1, 2, 0, false)).isTrue();
        assertThat(latch.accepts(MAPPED, 1, 3, 0, false)).isFalse();
    }

    @Test
    void theSameAddressInAReofferChangesNothing() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5");
        latch.accepts(PHONE, 1, 1, 0, false);
        latch.expect(Optional.of(PHONE.getAddress()), PHONE.getPort());
        latch.expect(Optional.empty(), 4000);
        assertThat(latch.latched()).isTrue();
        assertThat(latch.accepts(STRANGER, 1, 1, 0, false)).isFalse();
    }

    private static final long STEP = 20_000_000L;
    private static final InetSocketAddress REBOUND = new InetSocketAddress("203.0.113.9", 32_500);

    /** @return the latch of a call that has learnt MAPPED; the last packet of SSRC 1 was number 100, at 2 s */
    private static SourceLatch speaking(boolean anywhere) {
        SourceLatch latch = latch(WITHIN, "203.0.113.9", anywhere);
        latch.answered();
        for (int i = 1; i <= 100; i++) {
            latch.accepts(MAPPED, 1, i, i * STEP, false);
        }
        assertThat(latch.destination()).contains(MAPPED);
        return latch;
    }

    /** @return the number of the first accepted packet among those that one source sends on time; 0 if none of 500 is accepted */
    private static int first(SourceLatch latch, InetSocketAddress from, long ssrc, int next, boolean authentic) {
        for (int i = next; i < next + 500; i++) {
            if (latch.accepts(from, ssrc, i & 0xffff, i * STEP, authentic)) {
                return i;
            }
        }
        return 0;
    }

    @Test
    void aPhoneWhoseNatBindsItAnewIsFollowedOnceItsOldSourceIsSilent() {
        SourceLatch latch = speaking(false);
        assertThat(first(latch, REBOUND, 1, 101, false)).isEqualTo(125);
        assertThat(latch.destination()).contains(REBOUND);
        assertThat(latch.moves()).isEqualTo(1);
        assertThat(latch.accepts(MAPPED, 1, 126, 126 * STEP, false)).as("who was left").isFalse();
        assertThat(first(latch, MAPPED, 1, 127, false)).as("bound back again").isEqualTo(150);
    }

    @Test
    void aPhoneThatWasSilentForLongGoesOnWhereItStopped() {
        SourceLatch latch = speaking(false);
        for (int i = 101; i <= 103; i++) {
            assertThat(latch.accepts(REBOUND, 1, i, 3_000 * STEP + i, false)).isEqualTo(i == 103);
        }
    }

    @Test
    void whoSpeaksBesideThePhoneIsNotFollowed() {
        SourceLatch latch = speaking(false);
        for (int i = 101; i < 600; i++) {
            assertThat(latch.accepts(REBOUND, 1, i, i * STEP, false)).isFalse();
            assertThat(latch.accepts(MAPPED, 1, i, i * STEP, false)).isTrue();
        }
        assertThat(latch.moves()).isZero();
    }

    @Test
    void anotherStreamIsNotThePhonesHoweverLongThatIsSilent() {
        assertThat(first(speaking(false), REBOUND, 2, 101, false)).as("another SSRC").isZero();
        SourceLatch behind = speaking(false);
        for (int i = 0; i < 500; i++) {
            assertThat(behind.accepts(REBOUND, 1, 100 - i & 0xffff, (500 + i) * STEP, false)).as("what was heard before").isFalse();
            assertThat(behind.accepts(REBOUND, 1, 5_000 + i, (500 + i) * STEP, false)).as("far ahead").isFalse();
            assertThat(behind.accepts(REBOUND, 1, 101 + i * 3 % 400, (500 + i) * STEP, false)).as("out of order").isFalse();
        }
    }

    @Test
    void aStrangerWhoGoesOnWithTheStreamIsAThiefUnlessItHasThePhonesKey() {
        assertThat(first(speaking(false), STRANGER, 1, 101, false)).isZero();
        SourceLatch secure = speaking(false);
        assertThat(first(secure, STRANGER, 1, 101, true)).isEqualTo(125);
        assertThat(secure.destination()).contains(STRANGER);
        assertThat(secure.latched()).isTrue();
        assertThat(first(speaking(true), STRANGER, 1, 101, false)).as("where the trunk's media may come from anywhere").isEqualTo(125);
    }

    @Test
    void aPhoneThatLeftTheSdpsOwnSourceIsTakenBackThereAtOnce() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5");
        latch.accepts(PHONE, 1, 100, 100 * STEP, false);
        assertThat(first(latch, NEIGHBOUR, 1, 101, false)).isEqualTo(125);
        assertThat(latch.accepts(PHONE, 1, 126, 126 * STEP, false)).isTrue();
    }

    @Test
    void nobodyIsFollowedBeforeTheAnswer() {
        SourceLatch latch = latch("203.0.113.5", "203.0.113.5", false);
        latch.accepts(PHONE, 1, 100, 100 * STEP, false);
        assertThat(first(latch, NEIGHBOUR, 1, 101, false)).isZero();
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
