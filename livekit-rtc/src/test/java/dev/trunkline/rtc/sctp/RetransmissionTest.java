package dev.trunkline.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is retransmitted, how soon and how much (RFC 9260 sections 6.3 and 7.2, RFC 3758 section 3.5). */
class RetransmissionTest {
    private final Conversation peer = new Conversation();

    /** Returns an open channel on which everything has been acknowledged. */
    private DataChannel channel(ChannelConfig config) {
        DataChannel channel = peer.heard().association.open(config);
        Chunk.Data open = only(peer.answers());
        peer.sack(open.tsn(), 1 << 20);
        peer.feed(new Chunk.Data(peer.takeTsn(), channel.id(), 0, Ppid.DCEP,
                new Chunk.Data.Flags(false, false, true, true), Dcep.ack()));
        peer.lastSack();
        return channel;
    }

    @Test
    void whatIsNotAcknowledgedGoesOutAgainAfterTheTimeOutWhichDoubles() {
        channel(ChannelConfig.reliable("x")).sendText("a");
        Chunk.Data first = only(peer.answers());
        peer.pass(499);
        assertThat(peer.data()).isEmpty();
        peer.pass(1_000);
        assertThat(peer.data()).usingRecursiveFieldByFieldElementComparator().containsExactly(first);
        peer.pass(900);
        assertThat(peer.data()).as("the second wait is longer").isEmpty();
        peer.pass(2_000);
        assertThat(peer.data()).hasSize(1);
        peer.sack(first.tsn(), 1 << 20);
        peer.pass(20_000);
        assertThat(peer.data()).isEmpty();
    }

    @Test
    void threeReportsOfAHoleBringItBackAtOnce() {
        DataChannel channel = channel(ChannelConfig.reliable("x"));
        List<Chunk.Data> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            channel.send(new byte[100]);
            sent.addAll(peer.data());
        }
        int before = sent.getFirst().tsn() - 1;
        peer.sack(before, 1 << 20, new Chunk.Sack.Gap(2, 2));
        peer.sack(before, 1 << 20, new Chunk.Sack.Gap(2, 3));
        assertThat(peer.data()).isEmpty();
        peer.sack(before, 1 << 20, new Chunk.Sack.Gap(2, 4));
        assertThat(peer.data()).extracting(Chunk.Data::tsn).containsExactly(before + 1);
        peer.sack(before, 1 << 20, new Chunk.Sack.Gap(2, 5));
        assertThat(peer.data()).as("once").isEmpty();
    }

    @Test
    void theSameReportThriceIsNoLoss() {
        DataChannel channel = channel(ChannelConfig.reliable("x"));
        channel.send(new byte[100]);
        channel.send(new byte[100]);
        int before = peer.data().getFirst().tsn() - 1;
        for (int i = 0; i < 5; i++) {
            peer.sack(before, 1 << 20, new Chunk.Sack.Gap(2, 2));
        }
        assertThat(peer.data()).as("only what is newly acknowledged counts").isEmpty();
    }

    @Test
    void theFirstFlightIsTheInitialWindowAndATimeOutStartsOverWithOnePacket() {
        channel(ChannelConfig.reliable("x")).send(new byte[60_000]);
        int sent = peer.data().stream().mapToInt(d -> d.payload().length).sum();
        assertThat(sent).as("4404 bytes and at most a packet more").isBetween(4_404, 4_404 + 1_191);
        peer.pass(1_500);
        assertThat(peer.data()).hasSize(1);
    }

    @Test
    void aShutWindowIsProbedWithOneFragment() {
        DataChannel channel = channel(ChannelConfig.reliable("x"));
        channel.send(new byte[1]);
        int last = peer.data().getLast().tsn();
        peer.sack(last, 0);
        channel.send(new byte[10_000]);
        assertThat(peer.data()).as("the probe").hasSize(1);
        for (int i = 0; i < 30; i++) {
            peer.pass(11_000);
            assertThat(peer.data()).as("again and again").hasSize(1);
            peer.sack(last, 0);
        }
        assertThat(peer.end()).as("it answers, so it is there").isEmpty();
        peer.sack(last + 1, 1 << 20);
        assertThat(peer.data()).as("the window opens").isNotEmpty();
    }

    @Test
    void whatThePeerTakesBackIsSentAgain() {
        DataChannel channel = channel(ChannelConfig.reliable("x"));
        channel.send(new byte[10]);
        channel.send(new byte[10]);
        int before = peer.data().getFirst().tsn() - 1;
        peer.sack(before, 1 << 20, new Chunk.Sack.Gap(2, 2));
        peer.sack(before + 1, 1 << 20);
        peer.pass(1_500);
        assertThat(peer.data()).extracting(Chunk.Data::tsn).containsExactly(before + 2);
    }

    @Test
    void aSackForWhatWasNeverSentIsIgnored() {
        DataChannel channel = channel(ChannelConfig.reliable("x"));
        channel.send(new byte[10]);
        int tsn = peer.data().getFirst().tsn();
        peer.sack(tsn + 5, 1 << 20);
        peer.sack(tsn - 1, 1 << 20, new Chunk.Sack.Gap(65_000, 1), new Chunk.Sack.Gap(0, 0));
        peer.pass(1_500);
        assertThat(peer.data()).extracting(Chunk.Data::tsn).containsExactly(tsn);
    }

    @Test
    void whatIsLostOnALossyChannelIsForwardedOver() {
        DataChannel channel = channel(ChannelConfig.lossy("x"));
        channel.send(new byte[10]);
        int lost = peer.data().getFirst().tsn();
        peer.pass(1_500);
        assertThat(peer.answers()).singleElement().isEqualTo(new Chunk.ForwardTsn(lost, List.of()));
        peer.pass(3_000);
        assertThat(peer.answers()).as("until it is acknowledged").singleElement()
                .isEqualTo(new Chunk.ForwardTsn(lost, List.of()));
        peer.sack(lost, 1 << 20);
        peer.pass(30_000);
        assertThat(peer.answers()).noneMatch(Chunk.ForwardTsn.class::isInstance);
    }

    @Test
    void anOrderedMessageThatIsGivenUpIsNamedByItsNumber() {
        DataChannel channel = channel(new ChannelConfig("x", "", true, new Reliability.Retransmits(1)));
        channel.send(new byte[3_000]);
        List<Chunk.Data> sent = peer.data();
        assertThat(sent).hasSize(3);
        peer.pass(1_500);
        assertThat(peer.data()).as("the one time that it may").isNotEmpty();
        peer.pass(3_000);
        assertThat(peer.answers()).singleElement().isEqualTo(new Chunk.ForwardTsn(sent.getLast().tsn(),
                List.of(new Chunk.ForwardTsn.Skip(channel.id(), sent.getLast().ssn()))));
    }

    @Test
    void beforeTheAckEverythingGoesInOrderBehindTheOpening() {
        DataChannel channel = peer.heard().association.open(ChannelConfig.lossy("x"));
        channel.send(new byte[1]);
        List<Chunk.Data> sent = peer.data();
        assertThat(sent).extracting(d -> d.flags().unordered()).containsExactly(false, false);
        assertThat(sent).extracting(Chunk.Data::ssn).containsExactly(0, 1);
    }

    @Test
    void smallMessagesShareAPacket() {
        DataChannel channel = channel(ChannelConfig.reliable("x"));
        int packets = peer.packets();
        peer.heard().association.openNegotiated(9, ChannelConfig.reliable("y"));
        for (int i = 0; i < 100; i++) {
            channel.send(new byte[60]);
        }
        int cumulative = peer.data().getLast().tsn();
        int first = peer.packets() - packets;
        peer.sack(cumulative, 1 << 20);
        peer.sack(cumulative, 1 << 20);
        assertThat(peer.packets() - packets - first).as("the rest, bundled").isLessThan(10);
    }

    private static Chunk.Data only(List<Chunk> chunks) {
        return chunks.stream().filter(Chunk.Data.class::isInstance).map(Chunk.Data.class::cast)
                .reduce((a, b) -> { throw new AssertionError("two: " + a + ", " + b); }).orElseThrow();
    }
}
