package dev.trunkline.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.bench.report.Quantity.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendTest {

    @ParameterizedTest
    @CsvSource({
        "0.40 0.41 0.39 0.42, flat",
        "0.40 0.41 0.39 0.53, flat",
        "0.40 0.40 0.40 0.80, grows × 2",
        "0.40 0.10 0.10 0.40, flat",
        "0.80 0.60 0.50 0.40, falls × 0.5",
        "0 0 0 0, flat",
        "1 1 1 0, falls × 0",
        "0 0 0 2, grows × –",
        "2 2 2 -1, falls × 0"
    })
    void aShareIsFlatIfItsLastStepIsLikeItsFirst(String values, String words) {
        assertThat(trend(Kind.SHARE, values).words()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "60 60 61 60, flat",
        "60 60 62 62, flat",
        "60 62 69 79, +0.1 a call",
        "400 400 400 400, flat",
        "400 410 415 420, flat",
        "100 140 280 480, +2 a call",
        "480 440 300 100, −2 a call",
        "0 0 0 0, flat"
    })
    void aTotalIsFlatIfNoCallAddsToIt(String values, String words) {
        assertThat(trend(Kind.TOTAL, values).words()).isEqualTo(words);
    }

    @Test
    void onlyWhatGrowsIsSaidToGrow() {
        assertThat(trend(Kind.SHARE, "1 1 1 3").grows()).isTrue();
        assertThat(trend(Kind.SHARE, "3 1 1 1").grows()).isFalse();
        assertThat(trend(Kind.TOTAL, "10 30 100 200").grows()).isTrue();
        assertThat(trend(Kind.TOTAL, "200 100 30 10").grows()).isFalse();
        assertThat(trend(Kind.SHARE, "1 1 1 1").grows()).isFalse();
    }

    @Test
    void oneStepTellsNothing() {
        assertThat(Trend.of(Kind.SHARE, List.of(10.0), List.of(1.0))).isEqualTo(new Trend.Unknown());
        assertThat(Trend.of(Kind.TOTAL, List.of(), List.of()).words()).isEqualTo("–");
        assertThat(new Trend.Unknown().grows()).isFalse();
    }

    @Test
    void valuesThatBelongToNoStepAreRefused() {
        assertThatThrownBy(() -> Trend.of(Kind.SHARE, List.of(10.0, 30.0), List.of(1.0))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLadderLeavesOutStepsThatCouldNotMeasureAQuantity() {
        Quantity threads = Quantity.total("threads.kafka", "threads", "");
        var ladder = new Ladder(30, List.of(threads), List.of(
                new Ladder.Step(10, Map.of("threads.kafka", 50.0)), new Ladder.Step(30, Map.of()),
                new Ladder.Step(110, Map.of("threads.kafka", 150.0))), Optional.empty());
        assertThat(ladder.trend(threads)).isEqualTo(new Trend.ByCall(1));
    }

    private static Trend trend(Kind kind, String values) {
        return Trend.of(kind, List.of(10.0, 30.0, 100.0, 200.0), Arrays.stream(values.split(" ")).map(Double::valueOf).toList());
    }
}
