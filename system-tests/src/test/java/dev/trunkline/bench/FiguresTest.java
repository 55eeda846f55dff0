package dev.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void aQuantileIsTheNearestRank() {
        Quantiles hundred = Quantiles.of(IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList());
        assertThat(hundred.at(0.5)).isEqualTo(50);
        assertThat(hundred.at(0.99)).isEqualTo(99);
        assertThat(hundred.at(1)).isEqualTo(100);
        assertThat(Quantiles.of(List.of(7.0)).at(0.01)).isEqualTo(7);
    }

    @Test
    void nothingMeasuredIsSaidAndNotInvented() {
        assertThat(Quantiles.of(List.of()).millis()).isEqualTo("nothing measured");
        assertThatThrownBy(() -> Quantiles.of(List.of()).at(0.5)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ticksAreReadBehindANameWithSpacesAndParentheses() {
        String stat = "4242 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 120 35 0 0 20 0 30 0 100";
        assertThat(Usage.ticks(stat)).isEqualTo(155);
    }

    @Test
    void residentMemoryIsReadFromStatus() {
        assertThat(Usage.residentKilobytes("Name:\tjava\nVmPeak:\t  9 kB\nVmRSS:\t  204800 kB\n")).isEqualTo(204_800);
        assertThat(Usage.residentKilobytes("Name:\tjava\nState:\tZ (zombie)\n")).isZero();
    }

    @Test
    void cpuIsTicksOverTime() {
        Usage then = new Usage(0, Map.of("edge", 100L), Map.of("edge", 0L));
        Usage now = new Usage(10_000_000_000L, Map.of("edge", 150L), Map.of("edge", 0L));
        assertThat(now.cpuPercentSince(then).get("edge")).isCloseTo(5.0, within(1e-9));
    }

    @Test
    void thisProcessCanBeReadAndAGoneOneIsNamed() throws IOException {
        Usage own = Usage.of(Map.of("own", ProcessHandle.current().pid()));
        assertThat(own.residentKilobytes().get("own")).isPositive();
        assertThatThrownBy(() -> Usage.of(Map.of("media-relay", 4_194_304_000L))).hasMessageContaining("media-relay");
    }

    @Test
    void anInviteOfTheStreamIsAcknowledgedInItsTransaction() {
        var invite = new RefusedInvite(new InetSocketAddress("127.0.0.1", 5071), new InetSocketAddress("127.0.0.1", 5060), "+3225559000", 3);
        String refusal = "SIP/2.0 404 Not Found\r\nTo: <sip:+3225559000@127.0.0.1>;tag=9\r\nCall-ID: " + invite.callId() + "\r\n\r\n";
        assertThat(RefusedInvite.status(refusal)).isEqualTo(404);
        assertThat(RefusedInvite.header(refusal, "call-id")).isEqualTo(invite.callId());
        assertThat(invite.ack(refusal)).startsWith("ACK sip:+3225559000@").contains(";tag=9");
        assertThat(RefusedInvite.header(invite.ack(refusal), "Via")).isEqualTo(RefusedInvite.header(invite.request(), "Via"));
    }
}
