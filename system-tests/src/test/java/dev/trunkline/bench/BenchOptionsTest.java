package dev.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOptionsTest {

    @Test
    void nothingAskedForIsThirtyCallsForThirtySeconds() {
        assertThat(BenchOptions.parse()).isEqualTo(new BenchOptions(30, 30, "+3225550101", 0, false));
    }

    @Test
    void eachOptionIsRead() {
        assertThat(BenchOptions.parse("--calls", "5", "--seconds", "12", "--number", "+3225550100", "--rate", "50", "--refused"))
                .isEqualTo(new BenchOptions(5, 12, "+3225550100", 50, true));
    }

    @ParameterizedTest
    @CsvSource({
        "--calls 0, --calls wants a number from 1 to 2000",
        "--calls x, --calls wants a number",
        "--calls, --calls wants a value",
        "--seconds 4, --seconds wants a number from 5 to 3600",
        "--rate -1, --rate wants a number",
        "--number sip:x, is not a number that can be dialled",
        "--loud, there is no option --loud"
    })
    void aFaultyCommandLineIsExplained(String line, String words) {
        assertThatThrownBy(() -> BenchOptions.parse(line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
