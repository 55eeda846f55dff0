package dev.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SipFiguresTest {
    @Test
    void roundsGoOnWhileTheFigureRises() {
        assertThat(rounds(1_000).goOn()).as("one round is cold").isTrue();
        assertThat(rounds(1_000, 1_500).goOn()).isTrue();
        assertThat(rounds(1_000, 1_500, 1_520).goOn()).as("a rise within the noise").isFalse();
        assertThat(rounds(1_000, 1_500, 1_400).goOn()).isFalse();
        assertThat(rounds(1_000, 1_500, 1_700, 1_900, 2_100).goOn()).isTrue();
        assertThat(rounds(1_000, 1_500, 1_700, 1_900, 2_100, 2_300).goOn()).as("five after the first").isFalse();
    }

    @Test
    void theWarmFigureIsTheBestAfterTheFirst() {
        assertThat(rounds(2_000, 1_500, 1_400).warm()).isEqualTo(1_500);
        assertThatThrownBy(() -> rounds(2_000).warm()).isInstanceOf(IllegalStateException.class);
    }

    private static Rounds rounds(double... figures) {
        Rounds rounds = new Rounds();
        DoubleStream.of(figures).forEach(rounds::add);
        return rounds;
    }

    @Test
    void whatAnExchangeCostsTheEdge() {
        assertThat(SipBench.cpu(10, 20_000, 20)).isEqualTo("0.500 ms each, 50 % of a core");
        assertThat(SipBench.cpu(1, 0, 20)).isEqualTo("none went well, 5 % of a core");
        assertThat(SipBench.cpu(1, 0, 0)).isEqualTo("none went well, 0 % of a core");
    }

    @Test
    void theLanesAreReadFromTheEnvironment() {
        String environment = "A=1\0NOT_TRUNKLINE_SIP_LANES=7\0TRUNKLINE_SIP_LANES=2\0";
        assertThat(EdgeProcess.variable(environment, "TRUNKLINE_SIP_LANES")).contains("2");
        assertThat(EdgeProcess.variable("A=1\0", "TRUNKLINE_SIP_LANES")).isEqualTo(Optional.empty());
    }

    @Test
    void howLongAProcessIsUpIsReadPastAnyName() throws Exception {
        String stat = "4711 (a) b) S 1 2 3 4 5 6 7 8 9 10 100 50 0 0 20 0 30 0 5000 1 2";
        assertThat(EdgeProcess.secondsUp(stat, "80.25 100.00\n")).isEqualTo(30.25, within(1e-9));

        EdgeProcess own = new EdgeProcess(ProcessHandle.current().pid());
        assertThat(own.secondsUp()).isPositive().isLessThan(86_400);
        assertThat(own.cpuSeconds()).isPositive();
        assertThat(own.lanes()).startsWith("TRUNKLINE_SIP_LANES");
    }

    @Test
    void noLoadGoesAnywhereButToLoopback() {
        var elsewhere = new RunningSuite(
                "192.0.2.1", 5060, "127.0.0.1:9092", Optional.empty(), 6379, "ws://127.0.0.1:7880", Map.of("sip-edge", 1L), Map.of(), Map.of());
        assertThatThrownBy(() -> new SipBench(List.of(SipLoad.OPTIONS), elsewhere, new Notebook(new PrintStream(OutputStream.nullOutputStream()), InstantSource.system())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("loopback");
    }

    @Test
    void eachLoadHasItsScenario() {
        for (SipLoad load : SipLoad.values()) {
            assertThat(SipLoad.of(load.scenario())).isEqualTo(load);
            assertThat(SippRun.class.getResource("sipp/" + load.scenario() + ".xml")).as(load.scenario()).isNotNull();
        }
    }
}
