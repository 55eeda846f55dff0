package dev.trunkline.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0 | 0", "0.0004 | 0", "0.28 | 0.28", "0.2849 | 0.285", "0.9996 | 1", "1 | 1", "1.004 | 1", "7.456 | 7.46", "9.996 | 10",
        "12.34 | 12.3", "99.94 | 99.9", "99.96 | 100", "234.5 | 235", "2000 | 2,000", "1234567 | 1,234,567", "-0.0001 | 0", "-12.34 | -12.3"
    })
    void threeFiguresAreEnough(double value, String text) {
        assertThat(Numbers.text(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoNumberIsADash(double value) {
        assertThat(Numbers.text(value)).isEqualTo("–");
    }

    @Test
    void aUnitStandsBehindIfThereIsOne() {
        assertThat(Numbers.text(4, "ms")).isEqualTo("4 ms");
        assertThat(Numbers.text(4, "")).isEqualTo("4");
    }

    @ParameterizedTest
    @CsvSource({"4, true, true", "4.01, true, false", "3, true, true", "4, false, true", "3.99, false, false", "5, false, true"})
    void aTargetIsMetAtItsLimit(double value, boolean atMost, boolean met) {
        assertThat(new Target(4, atMost).isMetBy(value)).isEqualTo(met);
    }

    @Test
    void aTargetSaysOnWhichSideOfItIsBetter() {
        assertThat(Target.atMost(0.28).words()).isEqualTo("≤ 0.28");
        assertThat(Target.atLeast(2_000).words()).isEqualTo("≥ 2,000");
    }
}
