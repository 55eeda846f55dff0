package dev.trunkline.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guarantees of channels, checked over networks that lose, repeat and reorder packets, for many seeds. */
class DeliveryTest {

    /** If a third is lost in each direction, eleven timeouts in a row do not mean that the peer is gone. */
    private static final SctpSettings PATIENT = new SctpSettings(5000, true, 1191, 65_535, 1 << 20, 4 << 20, 1_024,
            Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(10), 100, 100, Duration.ofSeconds(30));

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void reliableMessagesArriveOnceAndInOrderBothWays(long seed) {
        Network network = new Network(seed, seed % 2 == 0 ? Network.Quality.ROUGH : Network.Quality.AWFUL, PATIENT)
                .established();
        DataChannel there = network.client.association.open(ChannelConfig.reliable("_reliable"));
        DataChannel back = network.server.association.open(ChannelConfig.reliable("back"));
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> sentThere = messages(random, 30);
        List<byte[]> sentBack = messages(random, 30);
        for (int i = 0; i < 30; i++) {
            there.send(sentThere.get(i));
            back.send(sentBack.get(i));
            network.run(Duration.ofMillis(random.nextInt(30)));
        }

        network.runUntil(() -> network.server.messages.size() >= 30 && network.client.messages.size() >= 30);
        network.run(Duration.ofSeconds(30));

        assertThat(network.server.messages.stream().map(Peer.Message::bytes)).containsExactlyElementsOf(sentThere);
        assertThat(network.client.messages.stream().map(Peer.Message::bytes)).containsExactlyElementsOf(sentBack);
        assertThat(network.client.end).isEmpty();
        assertThat(network.server.end).isEmpty();
    }

    /**
     * Returns messages, mostly small, some of many fragments, some empty. Each begins with its number if there is room
     * for it.
     */
    private static List<byte[]> messages(SplittableRandom random, int count) {
        return IntStream.range(0, count).mapToObj(i -> {
            int length = switch (random.nextInt(6)) {
                case 0 -> 0;
                case 1 -> random.nextInt(5_000, 65_536);
                case 2 -> random.nextInt(1_000, 1_400);
                default -> random.nextInt(1, 300);
            };
            byte[] message = new byte[length];
            random.nextBytes(message);
            if (length > 0) {
                message[0] = (byte) i;
            }
            return message;
        }).toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyKindOfChannelKeepsItsPromiseBesideTheOthers(long seed) {
        Network network = new Network(seed, Network.Quality.ROUGH).established();
        List<ChannelConfig> configs = Stream.of(true, false).flatMap(ordered -> Stream.of(
                        new Reliability.Full(), new Reliability.Retransmits(0), new Reliability.Retransmits(2),
                        new Reliability.Lifetime(Duration.ofMillis(150)))
                .map(reliability -> new ChannelConfig(reliability + " " + ordered, "", ordered, reliability)))
                .toList();
        List<DataChannel> channels = configs.stream().map(network.client.association::open).toList();
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, List<String>> sent = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            for (DataChannel channel : channels) {
                String message = i + " " + "x".repeat(random.nextInt(20) == 0 ? 5_000 : random.nextInt(200));
                channel.sendText(message);
                sent.computeIfAbsent(channel.label(), _ -> new ArrayList<>()).add(message);
            }
            network.run(Duration.ofMillis(random.nextInt(400)));
        }
        network.run(Duration.ofMinutes(2));

        for (ChannelConfig config : configs) {
            List<String> got = network.server.texts(config.label());
            List<String> wanted = sent.get(config.label());
            assertThat(new HashSet<>(got)).as("no message twice on %s", config).hasSize(got.size());
            assertThat(wanted).containsAll(got);
            if (config.reliability() instanceof Reliability.Full) {
                assertThat(got).as("all on %s", config).hasSameSizeAs(wanted);
            } else {
                // How many arrive depends on the network: with a lifetime, messages also expire in the queue during
                // congestion.
                assertThat(got.size()).as("some on %s", config).isPositive();
            }
            if (config.ordered()) {
                assertThat(got).as("in order on %s", config)
                        .containsExactlyElementsOf(wanted.stream().filter(new HashSet<>(got)::contains).toList());
            }
        }
        assertThat(network.client.channelBuffers()).as("nothing left to send").isZero();
    }

    @Test
    void whatIsLostOnTheLossyChannelIsNotSentAgain() {
        Network network = new Network(1, Network.Quality.PERFECT).established();
        DataChannel lossy = network.client.association.open(ChannelConfig.lossy("_lossy"));
        network.run(Duration.ofSeconds(1));
        network.quality(new Network.Quality(1, 0, 5, 5));
        lossy.sendText("lost");
        network.run(Duration.ofMillis(100));
        network.quality(Network.Quality.PERFECT);
        lossy.sendText("heard");
        network.run(Duration.ofSeconds(10));

        assertThat(network.server.texts("_lossy")).containsExactly("heard");
        assertThat(network.client.end).isEmpty();
    }

    @Test
    void aBulkOfMegabytesGoesThroughAndTheWindowGrows() {
        Network network = new Network(7, Network.Quality.PERFECT).established();
        DataChannel channel = network.client.association.open(ChannelConfig.reliable("bulk"));
        byte[] message = new byte[60_000];
        Arrays.fill(message, (byte) 7);
        long begin = network.now();
        for (int i = 0; i < 60; i++) {
            channel.send(message);
        }
        network.runUntil(() -> network.server.messages.size() == 60);

        assertThat(Duration.ofNanos(network.now() - begin))
                .as("3.6 MB at 10 ms round trip: doubling windows, not one packet a round trip (30 s)")
                .isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void sequenceNumbersWrap() {
        Network network = new Network(3, Network.Quality.PERFECT, SctpSettings.defaults());
        network.established();
        DataChannel channel = network.client.association.open(ChannelConfig.reliable("wrap"));
        int count = 70_000; // more than 16 bits of SSN
        for (int i = 0; i < count; i++) {
            channel.sendText(Integer.toString(i));
            if (i % 500 == 0) {
                network.run(Duration.ofMillis(200));
            }
        }
        network.runUntil(() -> network.server.messages.size() == count);
        assertThat(network.server.texts("wrap"))
                .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }
}
