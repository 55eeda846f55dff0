package dev.trunkline.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bench.Samples;
import dev.trunkline.bench.report.Comparison.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

    @ParameterizedTest
    @CsvSource({"100, 58, −42 %", "100, 158, +58 %", "100, 104, same", "100, 96, same", "100, 0, −100 %", "0, 5, ''", "0, 0, ''", "1, 30, '+2,900 %'"})
    void aChangeIsAShareOfWhatWasBefore(double before, double after, String words) {
        assertThat(row(before, "ms", after, "ms").change()).isEqualTo(words);
    }

    @Test
    void figuresOfOtherUnitsDoNotCompare() {
        assertThat(row(100, "ms", 50, "s").change()).isEmpty();
    }

    @Test
    void whatOneOfThemLacksIsThereWithoutAChange() {
        Report before = report(Figure.of("a", "first", 1, ""), Figure.of("b", "second", 2, ""));
        Report after = report(Figure.of("c", "third", 3, ""), Figure.of("b", "second", 2.5, ""));

        List<Row> rows = Comparison.of(before, after);

        assertThat(rows).extracting(row -> row.any().id()).containsExactly("c", "b", "a");
        assertThat(rows).extracting(Row::change).containsExactly("", "+25 %", "");
        assertThat(rows.getFirst().before()).isEmpty();
        assertThat(rows.getLast().after()).isEmpty();
    }

    @Test
    void aReportComparedWithItselfIsTheSameThroughout() {
        assertThat(Comparison.of(Samples.report(1), Samples.report(1))).allMatch(row -> row.change().equals("same")).isNotEmpty();
    }

    @Test
    void eachGoalIsAFigureOfItsOwnAndFound() {
        assertThat(Goals.ALL).extracting(Goals.Goal::figure).doesNotHaveDuplicates();
        assertThat(Goals.of("decision.rate.p99")).contains(Target.atMost(10));
        assertThat(Goals.of("decision.rate.max")).isEmpty();
    }

    private static Row row(double before, String unitBefore, double after, String unitAfter) {
        return new Row("part", Optional.of(Figure.of("a", "a", before, unitBefore)), Optional.of(Figure.of("a", "a", after, unitAfter)));
    }

    private static Report report(Figure... figures) {
        Part part = new Part("p", "part", Instant.EPOCH, 0, Stream.of(figures).toList(), List.of());
        return new Report(Instant.EPOCH, Map.of(), 2, List.of(), List.of(part), Optional.empty(), Optional.empty(), List.of());
    }
}
