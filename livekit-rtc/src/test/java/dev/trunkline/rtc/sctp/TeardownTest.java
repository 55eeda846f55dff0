package dev.trunkline.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How associations end. */
class TeardownTest {

    static LongStream seeds() {
        return LongStream.range(0, 15);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shutdownDeliversFirst(long seed) {
        Network network = new Network(seed, Network.Quality.ROUGH).established();
        DataChannel channel = network.client.association.open(ChannelConfig.reliable("last words"));
        for (int i = 0; i < 20; i++) {
            channel.send(new byte[3_000]);
        }
        network.client.association.shutdown();
        network.runUntil(() -> network.client.end.isPresent() && network.server.end.isPresent());

        assertThat(network.server.messages).hasSize(20);
        assertThat(network.client.end.orElseThrow().cause()).isEqualTo(SctpEnd.Cause.SHUTDOWN);
        assertThat(network.server.end.orElseThrow().cause()).isIn(SctpEnd.Cause.PEER_SHUTDOWN, SctpEnd.Cause.PEER_GONE);
        assertThat(network.client.association.nextTimeout()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bothMayShutDownAtOnce(long seed) {
        Network network = new Network(seed, Network.Quality.ROUGH).established();
        network.client.association.open(ChannelConfig.reliable("a")).send(new byte[10_000]);
        network.server.association.open(ChannelConfig.reliable("b")).send(new byte[10_000]);
        network.client.association.shutdown();
        network.server.association.shutdown();
        network.runUntil(() -> network.client.end.isPresent() && network.server.end.isPresent());
        assertThat(network.client.messages).hasSize(1);
        assertThat(network.server.messages).hasSize(1);
    }

    @Test
    void abortEndsBothAtOnce() {
        Network network = new Network(1, Network.Quality.PERFECT).established();
        DataChannel channel = network.client.association.open(ChannelConfig.reliable("cut"));
        network.run(Duration.ofSeconds(1));
        network.client.association.abort();
        assertThat(network.client.end.orElseThrow().cause()).isEqualTo(SctpEnd.Cause.ABORTED);
        network.run(Duration.ofMillis(10));
        assertThat(network.server.end.orElseThrow().cause()).isEqualTo(SctpEnd.Cause.PEER_ABORTED);
        assertThat(network.server.closed).containsExactly("cut");
        assertThat(channel.state()).isEqualTo(DataChannel.State.CLOSED);
        assertThatThrownBy(() -> channel.sendText("late")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> network.client.association.open(ChannelConfig.reliable("late")))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("ended");
        long packets = network.packets;
        network.client.association.abort();
        network.client.association.shutdown();
        network.client.association.start();
        network.client.association.onTimer();
        channel.close();
        assertThat(network.packets).isEqualTo(packets);
    }

    @Test
    void shutdownBeforeItBeganEndsIt() {
        Network network = new Network(1, Network.Quality.PERFECT);
        network.client.association.shutdown();
        assertThat(network.client.end.orElseThrow().cause()).isEqualTo(SctpEnd.Cause.SHUTDOWN);
        assertThat(network.packets).isZero();
    }

    @Test
    void aPeerThatIsGoneIsNoticedByWhatItDoesNotAcknowledge() {
        Network network = new Network(1, Network.Quality.PERFECT).established();
        DataChannel channel = network.client.association.open(ChannelConfig.reliable("x"));
        network.run(Duration.ofSeconds(1));
        network.quality(new Network.Quality(1, 0, 1, 1));
        channel.sendText("anyone?");
        network.runUntil(() -> network.client.end.isPresent());
        assertThat(network.client.end.orElseThrow().cause()).isEqualTo(SctpEnd.Cause.PEER_GONE);
    }

    @Test
    void anIdlePeerThatIsGoneIsNoticedByHeartbeats() {
        Network network = new Network(1, Network.Quality.PERFECT).established();
        network.run(Duration.ofMinutes(5));
        assertThat(network.client.end).as("answered heartbeats").isEmpty();
        network.quality(new Network.Quality(1, 0, 1, 1));
        network.runUntil(() -> network.client.end.isPresent());
        assertThat(network.client.end.orElseThrow().cause()).isEqualTo(SctpEnd.Cause.PEER_GONE);
    }

    @Test
    void aLossyChannelToAPeerThatIsGoneDoesNotKeepItAlive() {
        Network network = new Network(1, Network.Quality.PERFECT).established();
        DataChannel channel = network.client.association.open(ChannelConfig.lossy("x"));
        network.run(Duration.ofSeconds(1));
        network.quality(new Network.Quality(1, 0, 1, 1));
        channel.sendText("anyone?");
        network.runUntil(() -> network.client.end.isPresent());
        assertThat(network.client.end.orElseThrow().cause()).isEqualTo(SctpEnd.Cause.PEER_GONE);
    }
}
