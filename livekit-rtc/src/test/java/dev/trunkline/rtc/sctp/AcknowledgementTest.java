package dev.trunkline.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When and what is acknowledged, and the effect of FORWARD TSN on a receiver (RFC 9260 section 6.2, RFC 3758 section 3.6). */
class AcknowledgementTest {
    private final Conversation peer = new Conversation();

    @BeforeEach
    void aChannel() {
        peer.open("x", 1);
        peer.lastSack();
    }

    @Test
    void onePacketIsAcknowledgedAfterAWhile() {
        peer.data(true, true, 10, 1);
        assertThat(peer.answers()).isEmpty();
        peer.pass(199);
        assertThat(peer.answers()).isEmpty();
        peer.pass(2);
        assertThat(peer.answers()).singleElement().isInstanceOf(Chunk.Sack.class);
    }

    @Test
    void theSecondPacketIsAcknowledgedAtOnce() {
        peer.data(true, true, 10, 1);
        peer.data(true, true, 10, 1);
        assertThat(peer.answers()).singleElement()
                .isEqualTo(new Chunk.Sack(peer.nextTsn() - 1, 1 << 20, List.of(), List.of()));
    }

    @Test
    void aHoleAndWhatIsTwiceAreToldAtOnce() {
        int first = peer.nextTsn();
        peer.skipTsn();
        peer.data(true, true, 10, 1);
        peer.skipTsn();
        peer.skipTsn();
        peer.data(true, true, 10, 1);
        peer.data(true, true, 10, 1);
        assertThat(peer.answers()).last().isEqualTo(new Chunk.Sack(first - 1, 1 << 20,
                List.of(new Chunk.Sack.Gap(2, 2), new Chunk.Sack.Gap(5, 6)), List.of()));
        peer.repeat(first + 1, 1);
        assertThat(peer.answers()).singleElement().isEqualTo(new Chunk.Sack(first - 1, 1 << 20,
                List.of(new Chunk.Sack.Gap(2, 2), new Chunk.Sack.Gap(5, 6)), List.of(first + 1)));
        peer.repeat(first, 1);
        peer.repeat(first + 3, 1);
        peer.repeat(first + 2, 1);
        assertThat(peer.answers()).last()
                .isEqualTo(new Chunk.Sack(first + 5, 1 << 20, List.of(), List.of()));
    }

    @Test
    void theWindowTellsWhatWaits() {
        peer.data(true, false, 1_000, 1);
        peer.data(false, false, 500, 1);
        assertThat(peer.lastSack().window()).isEqualTo((1 << 20) - 1_500);
        peer.data(false, true, 1, 1);
        assertThat(peer.lastSack().window()).isEqualTo(1 << 20);
        assertThat(peer.heard().messages).singleElement().satisfies(m -> assertThat(m.bytes()).hasSize(1_501));
    }

    @Test
    void forwardTsnDropsUnorderedFragmentsAndMovesOn() {
        peer.data(true, false, 1_000, 1); // its second fragment never arrives
        peer.skipTsn();
        peer.data(false, true, 700, 1); // this fragment is then of no use either
        peer.data(true, true, 5, 1);
        peer.feed(new Chunk.ForwardTsn(peer.nextTsn() - 3, List.of()));
        assertThat(peer.lastSack()).isEqualTo(new Chunk.Sack(peer.nextTsn() - 1, 1 << 20, List.of(), List.of()));
        assertThat(peer.heard().messages).singleElement().satisfies(m -> assertThat(m.bytes()).hasSize(5));
    }

    @Test
    void fragmentsThatComeAfterTheirBeginningWasGivenUpAreDropped() {
        int lost = peer.nextTsn();
        peer.skipTsn();
        peer.feed(new Chunk.ForwardTsn(lost, List.of()));
        peer.data(false, false, 1_000, 1);
        peer.data(false, true, 1_000, 1);
        assertThat(peer.lastSack()).isEqualTo(new Chunk.Sack(peer.nextTsn() - 1, 1 << 20, List.of(), List.of()));
        assertThat(peer.heard().messages).isEmpty();
    }

    @Test
    void forwardTsnSkipsOrderedMessagesAndLetsThoseBehindThemGo() {
        peer.skipTsn(); // SSN 1 is lost
        peer.ordered(2, 20);
        peer.ordered(4, 40); // SSN 3 is lost
        assertThat(peer.heard().messages).isEmpty();
        peer.feed(new Chunk.ForwardTsn(peer.nextTsn() - 3, List.of(new Chunk.ForwardTsn.Skip(1, 1))));
        assertThat(peer.heard().messages).extracting(m -> m.bytes().length).containsExactly(20);
        peer.feed(new Chunk.ForwardTsn(peer.nextTsn(), List.of(new Chunk.ForwardTsn.Skip(1, 3))));
        assertThat(peer.heard().messages).extracting(m -> m.bytes().length).containsExactly(20, 40);
    }

    @Test
    void anOldForwardTsnChangesNothing() {
        peer.data(true, true, 10, 1);
        int last = peer.nextTsn() - 1;
        peer.feed(new Chunk.ForwardTsn(last - 1, List.of(new Chunk.ForwardTsn.Skip(1, 0))));
        assertThat(peer.lastSack().cumulativeTsn()).isEqualTo(last);
        peer.ordered(1, 11);
        assertThat(peer.heard().messages).extracting(m -> m.bytes().length).containsExactly(10, 11);
    }

    @Test
    void aForwardTsnOutOfReachIsIgnored() {
        int last = peer.nextTsn() - 1;
        peer.feed(new Chunk.ForwardTsn(last + 1_000_000, List.of()));
        assertThat(peer.lastSack().cumulativeTsn()).isEqualTo(last);
    }
}
