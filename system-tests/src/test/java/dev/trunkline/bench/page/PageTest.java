package dev.trunkline.bench.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.bench.Samples;
import dev.trunkline.bench.report.Goals;
import dev.trunkline.bench.report.Report;
import dev.trunkline.bench.report.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {

    @Test
    void thePageNeedsNothingElse() throws Exception {
        String page = page(Samples.report(1), Optional.of(Samples.report(0.7)));
        assertThat(page).doesNotContain("http:", "https:", "src=", "@import", "url(", "<script", "<link");
        // Kept, so that a person can look at it.
        Files.createDirectories(Path.of("target/bench"));
        Files.writeString(Path.of("target/bench/sample.html"), page);
    }

    @Test
    void whatIsOpenedIsClosed() throws Exception {
        String page = page(Samples.report(1), Optional.of(Samples.report(0.7)));
        for (String element : List.of("div", "table", "tbody", "tr", "td", "figure", "svg", "details", "main", "ul", "li", "p", "h2", "text", "span")) {
            assertThat(count(page, "<" + element + "[ >]")).as(element).isEqualTo(count(page, "</" + element + ">"));
        }
    }

    @Test
    void eachTargetStandsFirstWithItsFigureOrWithoutOne() throws Exception {
        String page = page(Samples.report(1), Optional.empty());
        for (Goals.Goal goal : Goals.ALL) {
            assertThat(page).contains("data-figure=\"" + goal.figure() + "\"");
        }
        assertThat(goal(page, "memory.edge-relay.opus")).contains("met", "<b>0.21</b>", "≤ 0.3 MiB", "livekit-sip 1.5–2.5");
        assertThat(goal(page, "cpu.edge-relay.opus")).contains("missed", "<b>0.62</b>");
        assertThat(goal(page, "setup.joined.p50")).contains("unknown", "not measured").doesNotContain("<b>");
        assertThat(page.indexOf("id=\"targets\"")).isLessThan(page.indexOf("id=\"growth\"")).isLessThan(page.indexOf("id=\"times\""));
    }

    @Test
    void anOlderReportStandsBeside() throws Exception {
        String page = page(Samples.report(1), Optional.of(Samples.report(0.5)));
        assertThat(goal(page, "cpu.edge-relay.opus")).contains("before 1.24");
        assertThat(page).contains("<td>0.62 % of a core</td><td>≤ 0.28</td><td>1.24 % of a core</td><td>−50 %</td>").contains("class=\"before\"");
        assertThat(page(Samples.report(1), Optional.empty())).doesNotContain("class=\"before\"", "before 1.24");
    }

    @Test
    void aMachineThatWasBusyIsSaid() throws Exception {
        assertThat(page(Samples.report(1), Optional.empty())).contains("This machine was not quiet").contains("30 calls held for 30 s (load 1.7)");
    }

    @Test
    void theLadderSaysWhyItStoppedAndWhatGrows() throws Exception {
        String page = page(Samples.report(1), Optional.empty());
        assertThat(page).contains("The ladder stopped: this machine does not hold 200 calls").contains("<span class=\"flat\">flat</span>")
                .contains("<span class=\"grows\">+0.3 a call</span>");
    }

    @Test
    void whatWasNotMeasuredIsSaidInPlainWords() throws Exception {
        assertThat(page(Samples.report(1), Optional.empty())).contains("<li>hours: &lt;leaks&gt; need a longer run</li>");
    }

    @Test
    void anEmptyReportIsAPageToo() throws Exception {
        var empty = new Report(Instant.EPOCH, Map.of(), 2, List.of(), List.of(), Optional.empty(), Optional.empty(), List.of());
        String page = page(empty, Optional.empty());
        assertThat(page).contains("None of the design's targets was measured").doesNotContain("<svg", "#growth", "#first");
        assertThat(page(Samples.report(1), Optional.of(empty))).contains("unknown version");
        assertThat(page(empty, Optional.of(Samples.report(1)))).contains("Targets");
    }

    @ParameterizedTest
    @CsvSource({"4, true, 50", "2, true, 25", "8, true, 100", "80, true, 100", "0, true, 1", "4, false, 50", "8, false, 25", "2, false, 100", "0, false, 100"})
    void aBarIsHalfAtItsTargetAndLongerWhereItIsWorse(double value, boolean atMost, double width) {
        assertThat(GoalsSection.width(new Target(4, atMost), value)).isCloseTo(width, within(1e-9));
    }

    private static String page(Report report, Optional<Report> before) throws Exception {
        return Page.of(report, before, ZoneOffset.UTC, Files.readString(Path.of("src/main/resources/dev/trunkline/bench/page/style.css")));
    }

    private static String goal(String page, String figure) {
        int at = page.indexOf("data-figure=\"" + figure + "\"");
        int end = page.indexOf("class=\"goal ", at);
        return page.substring(page.lastIndexOf("<div", at), end < 0 ? page.indexOf("<p", at) : end);
    }

    private static long count(String page, String pattern) {
        return Pattern.compile(pattern).matcher(page).results().count();
    }
}
