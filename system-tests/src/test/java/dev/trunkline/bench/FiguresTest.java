package dev.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.bench.report.Quantiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void ticksOfChildrenThatHaveEndedCount() {
        assertThat(Usage.ticks("7 (python) S 1 2 3 4 5 6 7 8 9 10 120 35 1000 200 20 0 30 0 100")).isEqualTo(1_355);
    }

    @Test
    void memoryAndThreadsAreReadFromStatus() {
        assertThat(Usage.number("Name:\tjava\nVmPeak:\t  9 kB\nVmRSS:\t  204800 kB\nThreads:\t31\n", "VmRSS:")).isEqualTo(204_800);
        assertThat(Usage.number("Name:\tjava\nVmRSS:\t  204800 kB\nThreads:\t31\n", "Threads:")).isEqualTo(31);
        assertThat(Usage.number("Name:\tjava\nState:\tZ (zombie)\n", "VmRSS:")).isZero();
    }

    @Test
    void cpuIsTicksOverTime() {
        assertThat(usage(10, 150).cpuPercentSince(usage(0, 100)).get("edge")).isCloseTo(5.0, within(1e-9));
    }

    private static Usage usage(int seconds, long ticks) {
        return new Usage(seconds * 1_000_000_000L, Map.of("edge", new Usage.Taken(ticks, 0, 0, 0, 0)));
    }

    @Test
    void thisProcessCanBeReadAndAGoneOneIsNamed() throws IOException {
        Usage own = Usage.of(Map.of("own", ProcessHandle.current().pid()));
        assertThat(own.of("own").residentMiB()).isPositive();
        assertThat(own.of("own").threads()).isPositive();
        assertThat(own.of("own").descriptors()).isPositive();
        assertThatThrownBy(() -> Usage.of(Map.of("media-relay", 4_194_304_000L))).hasMessageContaining("media-relay");
    }

    @Test
    void childrenCountWithWhoeverStartedThemUnlessTheyStandByThemselves() throws Exception {
        Process child = new ProcessBuilder("sleep", "60").start();
        try {
            long pid = ProcessHandle.current().pid();
            Usage together = Usage.of(Map.of("own", pid));
            Usage apart = Usage.of(Map.of("own", pid, "child", child.pid()));
            assertThat(apart.of("child").threads()).isEqualTo(1);
            assertThat(together.of("own").residentKilobytes() - apart.of("own").residentKilobytes())
                    .isCloseTo(apart.of("child").residentKilobytes(), within(50_000L));
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void costsAreWhatCallsAddAndOthersDoNotCountForTheSuite() {
        Map<String, Long> parts = Map.of("sip-edge", 0L, "media-relay", 0L, "kafka", 0L, "livekit", 0L);
        Map<String, Usage.Taken> before = new HashMap<>();
        Map<String, Usage.Taken> with = new HashMap<>();
        parts.keySet().forEach(part -> {
            before.put(part, new Usage.Taken(0, 102_400, 0, 10, 10));
            with.put(part, new Usage.Taken(0, 112_640, 0, 10, 10));
        });
        Costs costs = Costs.of(10, Map.of("sip-edge", 1.0, "media-relay", 1.0, "kafka", 2.0, "livekit", 3.0),
                Map.of("sip-edge", 2.0, "media-relay", 4.0, "kafka", 5.0, "livekit", 30.0), new Usage(0, before), new Usage(0, with));
        assertThat(costs.edgeAndRelayCpu()).isCloseTo(0.4, within(1e-9));
        assertThat(costs.suiteCpu()).isCloseTo(0.7, within(1e-9));
        assertThat(costs.edgeAndRelayMemory()).isCloseTo(2, within(1e-9));
    }

    @Test
    void aMachineIsBusyForWhatIsNotIdle() {
        var then = Machine.ticks("cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 1 2 3 4 5\n");
        var now = Machine.ticks("cpu  250 0 100 1050 100 0 0 0 70 0\n");
        assertThat(now.busySince(then)).isCloseTo(40, within(1e-9));
        assertThat(now.busySince(now)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 20, 50, 0, ''", "0, 20, 95, 1, ''", "1, 20, 50, 0, 1 of them ended", "0, 20, 96, 0, busy for 96 %", "0, 90, 100, 0, ''",
        "0, 90, 100, 2, 2.0 % of the packets", "0, 20, 50, 1.5, 1.5 % of the packets", "2, 20, 99, 9, 2 of them"})
    void aMachineHoldsCallsAsLongAsNoneSuffers(long ended, double idle, double busy, double lost, String words) {
        assertThat(Bearable.complaint(ended, idle, busy, lost).orElse("")).matches(words.isEmpty() ? "" : "(?s).*" + words + ".*");
    }

    @Test
    void aMetricIsTheSumOfItsSeriesAndOfNoOther() {
        String page = "# HELP a_total b\na_total{x=\"1\"} 3.0\na_total{x=\"2\"} 4.5\na_total_more 9\nb 1\n";
        assertThat(MetricsPage.sum(page, "a_total")).isEqualTo(7.5);
        assertThat(MetricsPage.sum(page, "b")).isEqualTo(1);
        assertThat(MetricsPage.sum(page, "c")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"io.quarkus.quarkus-core-3.34.3.jar, io.quarkus.quarkus-core, 3.34.3", "io.quarkus.quarkus-core-deployment-3.jar, io.quarkus.quarkus-core, ''",
        "kafka_2.13-4.2.1.jar, kafka_2.13, 4.2.1", "kafka-clients-4.2.1.jar, kafka_2.13, ''"})
    void aVersionStandsBetweenAJarsNameAndItsEnd(String file, String name, String version) {
        assertThat(Versions.version(file, name).orElse("")).isEqualTo(version);
    }

    @Test
    void anEventIsAsLargeAsKeyValueAndHeaders() {
        var message = new ConsumerRecord<>("call-events", 0, 0, 0, TimestampType.CREATE_TIME, 3, 10, "key", new byte[10],
                new RecordHeaders().add("ce_id", new byte[20]).add("empty", null), Optional.empty());
        assertThat(Written.bytes(message)).isEqualTo(3 + 10 + 5 + 20 + 5);
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
