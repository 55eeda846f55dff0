package dev.trunkline.edge.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.sip.DropReason;
import dev.trunkline.edge.sip.jain.InvitePeek.Via;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InvitesUnderWayTest {
    private static final InetAddress PBX = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");

    private boolean tooMuch;
    private final AtomicLong nanos = new AtomicLong(-5);
    private final InvitesUnderWay invites = new InvitesUnderWay(() -> tooMuch, nanos::get);

    private static Via via(String branch) {
        return Via.of("host:5060", branch);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void dropsWhatIsRepeatedWhileTheFirstWaitsToBeRead() {
        assertThat(invites.arrives(PBX, via("b1"))).isEmpty();
        pass(Duration.ofMillis(500));
        assertThat(invites.arrives(PBX, via("b1"))).contains(DropReason.REPEATED);
        pass(Duration.ofSeconds(3));
        assertThat(invites.arrives(PBX, via("b1"))).contains(DropReason.REPEATED);
        assertThat(invites.age(PBX, via("b1"))).isEqualTo(Duration.ofMillis(3_500));
    }

    @Test
    void dropsTheRepetitionThatCrossedWithTheResponseAndReadsTheNext() {
        invites.arrives(PBX, via("b1"));
        pass(Duration.ofMillis(600));
        invites.responded(PBX, via("b1"));
        pass(Duration.ofMillis(300));
        assertThat(invites.arrives(PBX, via("b1"))).contains(DropReason.REPEATED);
        pass(Duration.ofMillis(200));
        assertThat(invites.arrives(PBX, via("b1"))).isEmpty();
    }

    @Test
    void aLostResponseIsDrawnAgainByTheFirstRepetition() {
        invites.arrives(PBX, via("b1"));
        pass(Duration.ofMillis(10));
        invites.responded(PBX, via("b1"));
        pass(Duration.ofMillis(490));
        assertThat(invites.arrives(PBX, via("b1"))).isEmpty();
        invites.responded(PBX, via("b1"));
        pass(Duration.ofMillis(100));
        assertThat(invites.arrives(PBX, via("b1"))).contains(DropReason.REPEATED);
    }

    @Test
    void tellsInvitesApartByAddressBranchAndSentBy() {
        assertThat(invites.arrives(PBX, via("b1"))).isEmpty();
        assertThat(invites.arrives(PBX, via("b2"))).isEmpty();
        assertThat(invites.arrives(OTHER, via("b1"))).isEmpty();
        assertThat(invites.arrives(PBX, Via.of("other", "b1"))).isEmpty();
    }

    @Test
    void dropsNewInvitesWhileTooMuchWaits() {
        invites.arrives(PBX, via("b1"));
        tooMuch = true;
        assertThat(invites.arrives(PBX, via("b2"))).contains(DropReason.OVERLOAD);
        assertThat(invites.arrives(PBX, via("b1"))).contains(DropReason.REPEATED);
        tooMuch = false;
        assertThat(invites.arrives(PBX, via("b2"))).isEmpty();
    }

    @Test
    void forgetsWhatWasNeverAnswered() {
        invites.arrives(PBX, via("b1"));
        pass(Duration.ofSeconds(9));
        invites.arrives(PBX, via("b2"));
        assertThat(invites.age(PBX, via("b1"))).isZero();
        assertThat(invites.arrives(PBX, via("b1"))).isEmpty();
    }

    @Test
    void responsesToUnknownInvitesMeanNothing() {
        invites.responded(PBX, via("never"));
        assertThat(invites.arrives(PBX, via("never"))).isEmpty();
        assertThat(invites.age(PBX, via("never"))).isZero();
    }
}
