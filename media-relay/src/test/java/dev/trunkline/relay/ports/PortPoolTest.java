package dev.trunkline.relay.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortPoolTest {
    private Instant now = Instant.EPOCH;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final PortPool pool = new PortPool(PortRange.parse("17990-17993"), Duration.ofSeconds(10), clock, () -> 0);

    @Test
    void aPortRestsBeforeItIsUsedAgain() {
        assertThat(pool.take()).isEqualTo(OptionalInt.of(17990));
        assertThat(pool.take()).isEqualTo(OptionalInt.of(17992));
        assertThat(pool.take()).isEmpty();
        assertThat(pool.inUse()).isEqualTo(2);

        pool.giveBack(17992);
        assertThat(pool.inUse()).isEqualTo(1);
        assertThat(pool.available()).isZero();
        now = now.plusMillis(9_999);
        assertThat(pool.take()).isEmpty();
        now = now.plusMillis(1);
        assertThat(pool.available()).isEqualTo(1);
        assertThat(pool.take()).isEqualTo(OptionalInt.of(17992));
    }

    @Test
    void aPortThatSomebodyElseHasIsPassedOver() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (var other = new DatagramSocket(17991, loopback)) {
            PortPair pair = PortPair.open(pool, RtpBinding.of(loopback)).orElseThrow();
            assertThat(pair.port()).isEqualTo(17992);
            assertThat(PortPair.open(pool, RtpBinding.of(loopback))).isEmpty();
            pair.rtp().close();
            pair.rtcp().close();
            assertThat(other.isBound()).isTrue();
        }
    }

    @Test
    void whatItsSocketsSendIsMarkedAsTheBindingSays() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (PortPair marked = PortPair.open(pool, new RtpBinding(loopback, 46)).orElseThrow();
                PortPair unmarked = PortPair.open(pool, RtpBinding.of(loopback)).orElseThrow()) {
            assertThat(marked.rtp().getOption(StandardSocketOptions.IP_TOS)).isEqualTo(0xb8);
            assertThat(marked.rtcp().getOption(StandardSocketOptions.IP_TOS)).isEqualTo(0xb8);
            assertThat(unmarked.rtp().getOption(StandardSocketOptions.IP_TOS)).isZero();
        }
        assertThatThrownBy(() -> new RtpBinding(loopback, 64)).hasMessageContaining("TRUNKLINE_RTP_DSCP");
        assertThatThrownBy(() -> new RtpBinding(loopback, -1)).hasMessageContaining("0 to 63");
    }

    private List<Integer> drawn(RandomGenerator random, int calls) {
        var many = new PortPool(PortRange.parse("10000-20000"), Duration.ofSeconds(10), clock, random);
        return IntStream.range(0, calls).mapToObj(call -> many.take().orElseThrow()).toList();
    }

    @Test
    void eachPortIsDrawnOnceInAnOrderThatOnlyTheRandomnessTells() {
        List<Integer> ports = drawn(new Random(1), 5_000);
        assertThat(ports).doesNotHaveDuplicates().hasSize(5_000).allMatch(port -> port % 2 == 0);
        assertThat(drawn(new Random(1), 100)).isEqualTo(ports.subList(0, 100));
        assertThat(drawn(new Random(2), 100)).isNotEqualTo(ports.subList(0, 100));
    }

    /** A caller knows its own call's port. The next call gets a port near it no more often than by chance. */
    @Test
    void aPortTellsNothingOfTheNextOne() {
        List<Integer> ports = drawn(new Random(3), 2_000);
        long near = IntStream.range(1, ports.size()).filter(i -> Math.abs(ports.get(i) - ports.get(i - 1)) <= 20).count();
        assertThat(near).isLessThan(40);
    }

    @Test
    void aPortThatHasRestedIsDrawnLikeAnyOther() {
        var many = new PortPool(PortRange.parse("10000-10199"), Duration.ofSeconds(10), clock, new Random(4));
        int first = many.take().orElseThrow();
        many.giveBack(first);
        now = now.plusSeconds(10);
        assertThat(many.available()).isEqualTo(100);
        List<Integer> all = IntStream.range(0, 100).mapToObj(call -> many.take().orElseThrow()).toList();
        assertThat(all).contains(first).doesNotHaveDuplicates();
        assertThat(many.take()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10000-20000, 10000, 19999, 5000", "10001-20001, 10002, 20001, 5000", "' 4000 - 4001 ', 4000, 4001, 1"})
    void readsRanges(String text, int first, int last, int pairs) {
        PortRange range = PortRange.parse(text);
        assertThat(range).isEqualTo(new PortRange(first, last));
        assertThat(range.pairs()).isEqualTo(pairs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10000", "20000-10000", "80-90", "10000-70000", "a-b", "10001-10002"})
    void saysWhatIsWrongWithARange(String text) {
        assertThatThrownBy(() -> PortRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*(RTP_PORTS|RTP ports).*");
    }
}
