package dev.trunkline.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Opening, using and closing channels (RFC 8831, RFC 8832). */
class ChannelsTest {

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    static List<ChannelConfig> configs() {
        return List.of(ChannelConfig.reliable("_reliable"), ChannelConfig.lossy("_lossy"),
                new ChannelConfig("ümlaut ☎", "proto", true, new Reliability.Retransmits(65_535)),
                new ChannelConfig("", "", false, new Reliability.Lifetime(Duration.ofMillis(1_500))));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void thePeerLearnsTheConfiguration(ChannelConfig config) {
        Network network = new Network(1, Network.Quality.PERFECT).established();
        DataChannel ours = network.client.association.open(config);
        assertThat(ours.state()).isEqualTo(DataChannel.State.CONNECTING);
        network.run(Duration.ofSeconds(1));
        assertThat(ours.state()).isEqualTo(DataChannel.State.OPEN);
        assertThat(network.client.opened).containsExactly(ours);
        assertThat(network.server.opened).singleElement()
                .satisfies(theirs -> assertThat(theirs.config()).isEqualTo(config))
                .satisfies(theirs -> assertThat(theirs.id()).isEqualTo(ours.id()));
    }

    @Test
    void channelsOpenedBeforeTheHandshakeGoWithIt() {
        Network network = new Network(1, Network.Quality.PERFECT);
        DataChannel reliable = network.client.association.open(ChannelConfig.reliable("_reliable"));
        DataChannel lossy = network.client.association.open(ChannelConfig.lossy("_lossy"));
        reliable.sendText("early");
        network.established();
        network.run(Duration.ofSeconds(1));
        assertThat(network.server.texts("_reliable")).containsExactly("early");
        assertThat(List.of(reliable.id(), lossy.id())).as("even ids for the DTLS client").containsExactly(0, 2);
        assertThat(network.server.association.open(ChannelConfig.reliable("odd")).id()).isEqualTo(1);
    }

    @Test
    void negotiatedChannelsNeedNoOpening() {
        Network network = new Network(1, Network.Quality.PERFECT);
        DataChannel here = network.client.association.openNegotiated(100, ChannelConfig.reliable("here"));
        network.established();
        DataChannel there = network.server.association.openNegotiated(100, ChannelConfig.reliable("there"));
        assertThat(network.client.opened).containsExactly(here);
        assertThat(network.server.opened).containsExactly(there);
        here.sendText("hello");
        network.run(Duration.ofSeconds(1));
        assertThat(network.server.texts("there")).containsExactly("hello");
        assertThatThrownBy(() -> network.client.association.openNegotiated(100, ChannelConfig.reliable("again")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> network.client.association.openNegotiated(65_535, ChannelConfig.reliable("high")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textBinaryAndEmptyMessagesKeepTheirKind() {
        Network network = new Network(1, Network.Quality.PERFECT).established();
        DataChannel channel = network.client.association.open(ChannelConfig.reliable("kinds"));
        byte[] bytes = {1, 2, 3};
        channel.send(bytes);
        bytes[0] = 99; // the buffer belongs to the caller again
        channel.sendText("häh");
        channel.send(new byte[0]);
        channel.sendText("");
        network.run(Duration.ofSeconds(1));
        assertThat(network.server.messages).extracting(Peer.Message::binary).containsExactly(true, false, true, false);
        assertThat(network.server.messages).extracting(Peer.Message::bytes).containsExactly(
                new byte[] {1, 2, 3}, "häh".getBytes(StandardCharsets.UTF_8), new byte[0], new byte[0]);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void closingDeliversClosesBothEndsAndFreesTheId(long seed) {
        Network network = new Network(seed, Network.Quality.ROUGH).established();
        DataChannel channel = network.client.association.open(ChannelConfig.reliable("first"));
        DataChannel other = network.client.association.open(ChannelConfig.reliable("other"));
        for (int i = 0; i < 10; i++) {
            channel.send(new byte[2_000]);
        }
        channel.close();
        channel.close();
        assertThat(channel.state()).isEqualTo(DataChannel.State.CLOSING);
        assertThatThrownBy(() -> channel.sendText("late")).isInstanceOf(IllegalStateException.class);
        network.runUntil(() -> channel.state() == DataChannel.State.CLOSED && !network.server.closed.isEmpty());
        assertThat(network.server.messages).hasSize(10);
        assertThat(network.client.closed).containsExactly("first");
        assertThat(network.server.closed).containsExactly("first");

        DataChannel again = network.client.association.open(ChannelConfig.reliable("second"));
        assertThat(again.id()).isEqualTo(channel.id());
        again.sendText("from SSN 0");
        other.sendText("undisturbed");
        network.runUntil(() -> network.server.messages.size() == 12);
        assertThat(network.server.texts("second")).containsExactly("from SSN 0");
        assertThat(network.server.texts("other")).containsExactly("undisturbed");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bothMayCloseAtOnce(long seed) {
        Network network = new Network(seed, Network.Quality.ROUGH).established();
        DataChannel channel = network.client.association.open(ChannelConfig.reliable("x"));
        network.runUntil(() -> !network.server.opened.isEmpty());
        channel.close();
        network.server.channel("x").close();
        network.runUntil(() -> network.client.association.channels().isEmpty()
                && network.server.association.channels().isEmpty());
        assertThat(network.client.closed).containsExactly("x");
        assertThat(network.server.closed).containsExactly("x");
    }

    @Test
    void tooLongTooMuchAndTooManyAreRefused() {
        SctpSettings small = new SctpSettings(5000, true, 1191, 1_000, 65_536, 10_000, 3, Duration.ofSeconds(1),
                Duration.ofMillis(500), Duration.ofSeconds(10), 8, 10, Duration.ZERO);
        Network network = new Network(1, Network.Quality.PERFECT, small).established();
        DataChannel channel = network.client.association.open(ChannelConfig.reliable("x"));
        assertThatThrownBy(() -> channel.send(new byte[1_001]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("1001");
        assertThatThrownBy(() -> {
            for (int i = 0; i < 1_000; i++) {
                channel.send(new byte[1_000]);
            }
        }).isInstanceOf(IllegalStateException.class).hasMessageContaining("10000");
        assertThat(channel.bufferedAmount()).isBetween(9_000L, 10_000L);
        network.run(Duration.ofSeconds(30));
        assertThat(channel.bufferedAmount()).isZero();
        channel.send(new byte[1_000]);

        network.client.association.open(ChannelConfig.reliable("y"));
        network.client.association.open(ChannelConfig.reliable("z"));
        assertThatThrownBy(() -> network.client.association.open(ChannelConfig.reliable("one more")))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("3");
    }

    @Test
    void aPeersChannelTooManyIsReset() {
        Conversation peer = new Conversation();
        int most = SctpSettings.defaults().maxChannels();
        for (int id = 0; id <= most; id++) {
            peer.open("channel " + id, id);
        }
        assertThat(peer.heard().opened).hasSize(most);
        assertThat(peer.answers()).filteredOn(Chunk.Reconfig.class::isInstance).singleElement()
                .extracting(chunk -> ((Chunk.Reconfig) chunk).parameters().getFirst())
                .isInstanceOfSatisfying(Chunk.Reconfig.ResetRequest.class,
                        reset -> assertThat(reset.streamIds()).containsExactly(most));
    }

    @Test
    void messagesForNoChannelAreDropped() {
        Conversation peer = new Conversation();
        peer.data(true, true, 100, 9);
        peer.open("x", 1);
        peer.feed(new Chunk.Data(
                peer.nextTsn(), 1, 1, 999, new Chunk.Data.Flags(false, false, true, true), new byte[1]));
        assertThat(peer.heard().messages).isEmpty();
        assertThat(peer.end()).isEmpty();
    }

    @Test
    void aListenerMayAnswerFromWithin() {
        Network network = new Network(1, Network.Quality.PERFECT);
        SctpListener echo = new SctpListener() {
            @Override
            public void onMessage(DataChannel channel, boolean binary, byte[] message) {
                channel.send(message);
                if (message.length == 3) {
                    channel.close();
                }
            }
        };
        AtomicReference<SctpAssociation> echoing =
                new AtomicReference<>();
        ArrayDeque<Runnable> wire = new ArrayDeque<>();
        Peer peer = new Peer("peer", SctpSettings.defaults(), network::now, new SplittableRandom(1));
        echoing.set(new SctpAssociation(SctpSettings.defaults().asDtlsServer(), network::now,
                new SplittableRandom(2), p -> wire.add(() -> peer.association.feed(p)), echo));
        peer.connect(p -> wire.add(() -> echoing.get().feed(p)));
        peer.association.start();
        DataChannel channel = peer.association.open(ChannelConfig.reliable("echo"));
        channel.send(new byte[2]);
        channel.send(new byte[3]);
        while (!wire.isEmpty()) {
            wire.remove().run();
        }
        assertThat(peer.messages).extracting(m -> m.bytes().length).containsExactly(2, 3);
        assertThat(peer.closed).containsExactly("echo");
    }
}
