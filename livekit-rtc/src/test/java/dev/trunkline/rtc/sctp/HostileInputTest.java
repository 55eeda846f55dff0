package dev.trunkline.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever arrives, nothing is thrown, nothing grows without limit, and a good association continues. */
class HostileInputTest {

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomBytesAreIgnored(long seed) {
        Network network = new Network(seed, Network.Quality.PERFECT).established();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            network.client.association.feed(bytes);
            network.client.association.feed(bytes.length < 16 ? bytes : WireTest.withChecksum(bytes));
        }
        stillWorks(network);
    }

    /** The header, tag and checksum are right; every field of every chunk is random. */
    @ParameterizedTest
    @MethodSource("seeds")
    void randomChunksAreSurvived(long seed) {
        Network network = new Network(seed, Network.Quality.PERFECT);
        List<byte[]> sent = new ArrayList<>();
        network.client.connect(sent::add);
        network.client.association.start();
        int tag = ((Chunk.Init) SctpPacket.parse(sent.getFirst()).orElseThrow().chunks().getFirst()).parameters().tag();
        SplittableRandom random = new SplittableRandom(seed);
        int[] types = {0, 0, 0, 1, 2, 3, 3, 4, 5, 7, 8, 9, 10, 11, 130, 192, 192, 64, 255};
        for (int i = 0; i < 20_000 && !network.client.association.isEnded(); i++) {
            byte[] value = new byte[random.nextInt(60)];
            random.nextBytes(value);
            for (int b = 0; b < value.length; b++) {
                value[b] = random.nextInt(3) == 0 ? 0 : value[b]; // small numbers get further
            }
            int type = types[random.nextInt(types.length)];
            byte[] packet = new byte[12 + 4 + Tlv.padded(value.length)];
            ByteBuffer.wrap(packet).putShort((short) 5000).putShort((short) 5000)
                    .putInt(type == 1 ? 0 : tag).putInt(0)
                    .put((byte) type).put((byte) random.nextInt(16)).putShort((short) (4 + value.length)).put(value);
            network.client.association.feed(WireTest.withChecksum(packet));
            if (i % 100 == 0) {
                network.client.association.nextTimeout();
                network.client.association.onTimer();
            }
        }
        assertThat(sent).isNotEmpty();
    }

    /** Packets of a real conversation, with bytes changed and the checksum corrected. */
    @ParameterizedTest
    @MethodSource("seeds")
    void mutatedConversationsAreSurvived(long seed) {
        Network network = new Network(seed, Network.Quality.ROUGH).established();
        SplittableRandom random = new SplittableRandom(seed);
        network.server.connect(packet -> {
            byte[] mutated = packet.clone();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                mutated[12 + random.nextInt(mutated.length - 12)] = (byte) random.nextInt(256);
            }
            network.client.association.feed(WireTest.withChecksum(mutated));
            network.client.association.feed(packet);
        });
        DataChannel channel = network.server.association.open(ChannelConfig.reliable("x"));
        for (int i = 0; i < 200 && channel.state() != DataChannel.State.CLOSED; i++) {
            if (channel.state() != DataChannel.State.CLOSING) {
                channel.send(new byte[random.nextInt(3_000)]);
            }
            network.run(Duration.ofMillis(50));
        }
        SctpAssociation survivor = network.client.association;
        assertThat(survivor.isEnded() || survivor.nextTimeout().isPresent()).as("ended or alive").isTrue();
    }

    /** A peer that never finishes a message gets no more room than the window states; then the association is ended. */
    @Test
    void endlessFragmentsAreBounded() {
        Conversation peer = new Conversation();
        int fed = 0;
        while (peer.end().isEmpty() && fed < 10_000) {
            peer.data(fed == 0, false, 1_000, 5);
            fed++;
        }
        assertThat(peer.end().orElseThrow().cause()).isEqualTo(SctpEnd.Cause.PROTOCOL_ERROR);
        assertThat(fed * 1_000L).isLessThanOrEqualTo(2L * SctpSettings.defaults().receiveWindow() + 2_000);
    }

    /** There are gaps everywhere: data behind a gap counts against the window, and the range is bounded. */
    @Test
    void endlessHolesAreBounded() {
        Conversation peer = new Conversation();
        for (int i = 0; i < 20_000; i++) {
            peer.skipTsn();
            peer.data(true, false, 1_000, i % 60_000);
        }
        assertThat(peer.end()).isEmpty();
        Chunk.Sack sack = peer.lastSack();
        assertThat(sack.window()).as("full").isZero();
        assertThat(sack.gaps().size()).isBetween(1, 128);
    }

    @Test
    void messagesLongerThanAllowedCloseTheChannelOnly() {
        Conversation peer = new Conversation();
        peer.open("x", 1);
        for (int i = 0; i < 70; i++) {
            peer.data(i == 0, i == 69, 1_000, 1);
        }
        assertThat(peer.end()).isEmpty();
        assertThat(peer.heard().messages).isEmpty();
        assertThat(peer.heard().association.channels()).singleElement()
                .extracting(DataChannel::state).isEqualTo(DataChannel.State.CLOSING);
    }

    @Test
    void whatIsNotUnderstoodIsReportedWhereItAsksForIt() {
        Conversation peer = new Conversation();
        peer.feed(new Chunk.Unknown(0xC5, new byte[] {(byte) 0xC5, 0, 0, 4}), new Chunk.Heartbeat(new byte[] {1}));
        assertThat(peer.answers()).hasExactlyElementsOfTypes(Chunk.OperationError.class, Chunk.HeartbeatAck.class);
        peer.feed(new Chunk.Unknown(0x85, new byte[] {(byte) 0x85, 0, 0, 4}), new Chunk.Heartbeat(new byte[] {1}));
        assertThat(peer.answers()).hasExactlyElementsOfTypes(Chunk.HeartbeatAck.class);
        peer.feed(new Chunk.Unknown(0x45, new byte[] {0x45, 0, 0, 4}), new Chunk.Heartbeat(new byte[] {1}));
        assertThat(peer.answers()).hasExactlyElementsOfTypes(Chunk.OperationError.class);
        peer.feed(new Chunk.Unknown(0x35, new byte[] {0x35, 0, 0, 4}), new Chunk.Heartbeat(new byte[] {1}));
        assertThat(peer.answers()).isEmpty();
    }

    private static void stillWorks(Network network) {
        DataChannel channel = network.client.association.open(ChannelConfig.reliable("still"));
        channel.sendText("here");
        network.run(Duration.ofSeconds(5));
        assertThat(network.server.texts("still")).containsExactly("here");
    }
}
