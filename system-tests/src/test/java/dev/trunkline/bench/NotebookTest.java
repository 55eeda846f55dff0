package dev.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bench.report.Distribution;
import dev.trunkline.bench.report.Figure;
import dev.trunkline.bench.report.FirstMinute;
import dev.trunkline.bench.report.Part;
import dev.trunkline.bench.report.Second;
import dev.trunkline.bench.report.Start;
import dev.trunkline.bench.report.Target;
import dev.trunkline.local.RunningSuite;
import dev.trunkline.local.StartTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Notebook notebook = new Notebook(new PrintStream(printed, true, StandardCharsets.UTF_8), () -> Instant.EPOCH);

    @Test
    void whatIsPrintedIsKeptWithItsTarget() throws Exception {
        notebook.begin("refused", "INVITEs to an unknown number");
        notebook.figure("refused.rate", "final responses a second", 1_130, "");
        notebook.times(Distribution.of("decision.rate", "decision", List.of(3.0, 5.0, 400.0)));

        Part part = notebook.parts().getFirst();

        assertThat(part.begun()).isEqualTo(Instant.EPOCH);
        assertThat(part.figures()).extracting(Figure::id).containsExactly("refused.rate", "decision.rate.p50", "decision.rate.p99", "decision.rate.max");
        assertThat(part.figures().getFirst().target()).contains(Target.atLeast(2_000));
        assertThat(part.distribution("decision.rate").orElseThrow().target()).contains(Target.atMost(4));
        assertThat(text()).contains("INVITEs to an unknown number", "1,130", "target ≥ 2,000", "p50 5.0  p99 400.0", "target p50 ≤ 4, p99 ≤ 10");
    }

    @Test
    void figuresBelongToThePartInWhichTheyWereFound() throws Exception {
        notebook.begin("a", "first");
        notebook.figure("x", "x", 1, "ms");
        notebook.begin("b", "second");
        notebook.keep("y", "y", 2, "ms");
        notebook.keep("broken", "no number", Double.NaN, "ms");

        assertThat(notebook.parts()).extracting(part -> part.figures().stream().map(Figure::id).toList()).containsExactly(List.of("x"), List.of("y"));
        assertThat(text()).doesNotContain("no number");
    }

    @Test
    void timesThatNobodyMeasuredAreNoFigures() throws Exception {
        notebook.begin("a", "a");
        notebook.times(Distribution.of("echo.python", "echo", List.of()));
        assertThat(notebook.parts().getFirst().figures()).isEmpty();
        assertThat(text()).contains("nothing measured");
    }

    @Test
    void aSuiteSaysHowLongItsPartsTookToStart() throws Exception {
        var time = new StartTime(Duration.ofMillis(2_100), Duration.ofMillis(4_300), Duration.ofMillis(2_900));
        var ready = new StartTime(Duration.ZERO, Duration.ofMillis(9_800), Duration.ofSeconds(21));
        List<Start> starts = Starts.of(new RunningSuite("", 0, "", Optional.empty(), 0, "", Map.of(), Map.of(), Map.of("ready", ready, "sip-edge", time)));

        Starts.note(notebook, starts);

        assertThat(starts).containsExactly(new Start("sip-edge", 2.1, 4.3, 2.9), new Start("ready", 0, 9.8, 21));
        assertThat(notebook.parts().getFirst().figure("start.ready").orElseThrow().value()).isEqualTo(9.8);
        assertThat(text()).contains("2.1 to 4.3, 2.9 s of CPU", "9.8 s, 21 s of CPU", "target ≤ 10");
    }

    @Test
    void aSuiteOfAnEarlierVersionSaysNothingOfItsStart() throws Exception {
        Starts.note(notebook, Starts.of(new RunningSuite("", 0, "", Optional.empty(), 0, "", Map.of(), Map.of(), Map.of())));
        assertThat(notebook.parts()).isEmpty();
    }

    @Test
    void whatWasLeftOutIsSaid() {
        assertThat(NotMeasured.of(EnumSet.of(Kind.HELD, Kind.SCALE), false))
                .anyMatch(line -> line.contains("--cold"))
                .anyMatch(line -> line.contains("--agents python"))
                .noneMatch(line -> line.contains("(--scale)"));
        assertThat(NotMeasured.of(EnumSet.allOf(Kind.class), true))
                .noneMatch(line -> line.startsWith("in this sitting"))
                .anyMatch(line -> line.startsWith("by SIPp"));
    }

    @Test
    void theFirstMinuteIsThatOfTheSuiteThatRuns(@TempDir Path state) throws Exception {
        var minute = new FirstMinute(Instant.ofEpochSecond(1_000), 0.1, 200, List.of(new Second(200, 0, 0, 0, 9)), 90);
        ReportFiles.keep(state, minute);
        assertThat(ReportFiles.kept(state, Instant.ofEpochSecond(1_001))).contains(minute);
        assertThat(ReportFiles.kept(state, Instant.ofEpochSecond(1_100))).isEmpty();
        assertThat(ReportFiles.kept(Files.createDirectory(state.resolve("other")), Instant.EPOCH)).isEmpty();
    }

    @Test
    void twoReportsStandBesideEachOtherAsText() {
        assertThat(Beside.lines(Samples.report(0.5), Samples.report(1)))
                .anyMatch(line -> line.matches(" *CPU a call, sip-edge \\+ media-relay +1\\.24 % of a core +0\\.62 % of a core +−50 %"));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
