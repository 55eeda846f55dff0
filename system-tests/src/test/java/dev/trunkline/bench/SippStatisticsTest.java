package dev.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SippStatisticsTest {
    private static final String NAMES = "StartTime;CurrentTime;TotalCallCreated;SuccessfulCall(C);FailedUnexpectedMessage(C);"
            + "DeadCallMsgs(C);Retransmissions(C);";

    /** The files are as SIPp 3.6.1 wrote them in five seconds. */
    @Test
    void readsWhatSippWrites() {
        SippStatistics statistics = SippStatistics.of(resource("sipp-statistics.csv"), resource("sipp-counts.csv"));

        assertThat(statistics.end().begun()).isEqualTo(17_342);
        assertThat(statistics.end().good()).isEqualTo(17_342);
        assertThat(statistics.end().sentAgain()).isEqualTo(13);
        assertThat(statistics.end().seconds()).isEqualTo(5.224, within(0.001));
        assertThat(statistics.repeated()).as("messages to calls that were over").isEqualTo(13);
        assertThat(statistics.missing()).isZero();
        assertThat(statistics.after(1).seconds()).isEqualTo(1.008, within(0.001));
        assertThat(statistics.after(1).aSecond()).isEqualTo(3_285 / 1.008, within(1.0));
    }

    @Test
    void countsWhatIsMissingOrOtherOrRepeated() {
        SippStatistics statistics = SippStatistics.of(
                List.of(NAMES, line(0, "0;0;0;0;0"), line(1, "100;90;2;1;4"), line(2, "200;180;5;3;9")),
                List.of("CurrentTime;0_INVITE_Sent;0_INVITE_Retrans;1_100_Retrans;2_404_Retrans;2_404_Unexp;", "x;200;9;2;4;7;"));

        assertThat(statistics.missing()).isEqualTo(15);
        assertThat(statistics.end().other()).isEqualTo(5);
        assertThat(statistics.repeated()).as("2 and 4 in time, 3 late; not the requests").isEqualTo(9);
        assertThat(statistics.after(1).good()).isEqualTo(90);
        assertThat(statistics.after(1.4).good()).as("within half a second").isEqualTo(90);
        assertThat(statistics.after(1.5).good()).isEqualTo(180);
        assertThat(statistics.after(60)).isEqualTo(statistics.end());
        assertThat(statistics.end().aSecond()).isEqualTo(90.0, within(1e-4));
    }

    @Test
    void aLineThatIsStillBeingWrittenIsLeftOut() {
        String half = line(2, "200;180;5;3;9").substring(0, 30);
        assertThat(SippStatistics.of(List.of(NAMES, line(1, "100;90;2;1;4"), half), List.of()).end().begun()).isEqualTo(100);
    }

    @Test
    void noTimeIsNoRate() {
        assertThat(SippStatistics.of(List.of(NAMES, line(0, "5;5;0;0;0")), List.of()).end().aSecond()).isZero();
    }

    @Test
    void figuresThatAreNotThereAreSaidToBeMissing() {
        assertThatThrownBy(() -> SippStatistics.of(List.of(), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no figures");
        assertThatThrownBy(() -> SippStatistics.of(List.of("StartTime;CurrentTime;", "a\t1;a\t2;"), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("TotalCallCreated");
    }

    private static String line(int second, String fields) {
        return "2026-11-28\t10:00:00\t1000.0;2026-11-28\t10:00:0%d\t%d.0;%s;".formatted(second, 1_000 + second, fields);
    }

    private static List<String> resource(String name) {
        try (var in = SippStatisticsTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
