package dev.trunkline.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** INIT to COOKIE ACK, from one side or both at once. */
class HandshakeTest {

    @Test
    void oneSideCallsTheOther() {
        Network network = new Network(1, Network.Quality.PERFECT);
        network.client.association.start();
        network.runUntil(() -> network.client.isUp() && network.server.isUp());
        assertThat(network.packets).as("INIT, INIT ACK, COOKIE ECHO, COOKIE ACK").isEqualTo(4);
    }

    @Test
    void bothAtOnceAsInWebRtc() {
        Network network = new Network(1, Network.Quality.PERFECT).established();
        assertThat(network.client.opened).isEmpty();
        assertThat(network.client.association.nextTimeout()).as("heartbeats").isPresent();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void lossAndRepetitionDelayItOnly(long seed) {
        Network network = new Network(seed, Network.Quality.AWFUL).established();
        DataChannel channel = network.client.association.open(ChannelConfig.reliable("after"));
        channel.sendText("hello");
        network.runUntil(() -> network.server.texts("after").equals(List.of("hello")));
    }

    @Test
    void aSilentPeerEndsIt() {
        Network network = new Network(1, new Network.Quality(1, 0, 1, 1));
        DataChannel channel = network.client.association.open(ChannelConfig.reliable("never"));
        network.client.association.start();
        network.runUntil(() -> network.client.end.isPresent());

        assertThat(network.client.end.orElseThrow().cause()).isEqualTo(SctpEnd.Cause.NO_HANDSHAKE);
        assertThat(network.packets).as("the first and eight more").isEqualTo(9);
        assertThat(channel.state()).isEqualTo(DataChannel.State.CLOSED);
        assertThat(network.client.closed).containsExactly("never");
        assertThat(network.client.association.nextTimeout()).isEmpty();
        assertThat(network.client.association.isEnded()).isTrue();
    }

    @Test
    void itStartsOnce() {
        Network network = new Network(1, Network.Quality.PERFECT);
        network.client.association.start();
        network.client.association.start();
        network.runUntil(network.client::isUp);
        network.client.association.start();
        network.run(Duration.ofSeconds(1));
        assertThat(network.packets).isEqualTo(4);
    }

    @Test
    void aForeignCookieIsIgnored() {
        Network network = new Network(1, Network.Quality.PERFECT);
        List<byte[]> answers = new ArrayList<>();
        network.server.connect(answers::add);
        InitParameters init = new InitParameters(
                7, 100_000, 10, 10, 1, true, true, new byte[0], List.of());
        network.server.association.feed(packet(0, new Chunk.Init(init)));
        InitParameters answer = ((Chunk.InitAck) only(answers.removeFirst())).parameters();
        network.server.association.feed(packet(answer.tag(), new Chunk.CookieEcho(new byte[answer.cookie().length])));
        assertThat(answers).isEmpty();
        assertThat(network.server.association.state()).isEqualTo(SctpAssociation.State.CLOSED);

        network.server.association.feed(packet(answer.tag() + 1, new Chunk.CookieEcho(answer.cookie())));
        assertThat(network.server.isUp()).as("the tag of another").isFalse();

        network.server.association.feed(packet(answer.tag(), new Chunk.CookieEcho(answer.cookie())));
        assertThat(only(answers.removeFirst())).isInstanceOf(Chunk.CookieAck.class);
        assertThat(network.server.isUp()).isTrue();
    }

    @Test
    void unknownParametersAreReportedWhereTheyAskForIt() {
        Peer peer = new Peer("alone", SctpSettings.defaults(), () -> 0, new SplittableRandom(1));
        List<byte[]> answers = new ArrayList<>();
        peer.connect(answers::add);
        byte[] init = packet(0, new Chunk.Init(new InitParameters(
                7, 100_000, 10, 10, 1, true, true, new byte[0], List.of(new byte[] {1, 2, 3, 4}))));
        // The writer wraps the parameter as "unrecognized" (8); turn the wrapper into an unknown type that requests a
        // report.
        int at = init.length - 12;
        assertThat(init[at + 1]).isEqualTo((byte) 8);
        init[at] = (byte) 0xC0;
        init[at + 1] = (byte) 0x77;
        peer.association.feed(WireTest.withChecksum(init));

        InitParameters answer = ((Chunk.InitAck) only(answers.getFirst())).parameters();
        assertThat(answer.cookie()).hasSize(32);
        byte[] bytes = answers.getFirst();
        assertThat(bytes).as("unrecognized parameter with the unknown one in it")
                .containsSequence(0, 8, 0, 12, 0xC0, 0x77, 0, 8, 1, 2, 3, 4);
    }

    private static Chunk only(byte[] packet) {
        return SctpPacket.parse(packet).orElseThrow().chunks().getFirst();
    }

    private static byte[] packet(int tag, Chunk chunk) {
        return new SctpPacket(5000, 5000, tag, List.of(chunk)).bytes();
    }
}
