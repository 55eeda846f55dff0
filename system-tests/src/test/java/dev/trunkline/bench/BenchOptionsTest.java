package dev.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOptionsTest {

    @Test
    void nothingAskedForIsThirtyCallsForThirtySeconds() {
        assertThat(BenchOptions.parse()).isEqualTo(new BenchOptions(30, 30, "+3225550101", 0, false, false, List.of()));
    }

    @Test
    void eachOptionIsRead() {
        assertThat(BenchOptions.parse("--calls", "5", "--seconds", "12", "--number", "+3225550100", "--rate", "50", "--refused"))
                .isEqualTo(new BenchOptions(5, 12, "+3225550100", 50, true, false, List.of()));
    }

    @Test
    void coldIsMeasuredAlone() {
        assertThat(BenchOptions.parse("--cold")).isEqualTo(new BenchOptions(30, 30, "+3225550101", 0, false, true, List.of()));
    }

    @Test
    void agentsAreNamedByWhatTheySend() {
        assertThat(BenchOptions.parse("--agents", "opus").number()).isEqualTo("+3225550106");
        assertThat(BenchOptions.parse("--agents", "g711").number()).isEqualTo("+3225550101");
    }

    @Test
    void sipMeansEachLoadUnlessOneIsNamed() {
        assertThat(BenchOptions.parse("--sip").sip()).containsExactly(SipLoad.REFUSED, SipLoad.OPTIONS, SipLoad.CALLS);
        assertThat(BenchOptions.parse("--sip", "--load", "options").sip()).containsExactly(SipLoad.OPTIONS);
        assertThat(BenchOptions.parse("--load", "calls", "--sip").sip()).containsExactly(SipLoad.CALLS);
    }

    @ParameterizedTest
    @CsvSource({
        "--calls 0, --calls wants a number from 1 to 2000",
        "--calls x, --calls wants a number",
        "--calls, --calls wants a value",
        "--seconds 4, --seconds wants a number from 5 to 3600",
        "--rate -1, --rate wants a number",
        "--number sip:x, is not a number that can be dialled",
        "--load flood, one of refused",
        "--agents isdn, --agents wants g711 or opus",
        "--loud, there is no option --loud"
    })
    void aFaultyCommandLineIsExplained(String line, String words) {
        assertThatThrownBy(() -> BenchOptions.parse(line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
