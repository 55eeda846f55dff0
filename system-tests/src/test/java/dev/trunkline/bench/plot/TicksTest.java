package dev.trunkline.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {

    @ParameterizedTest
    @CsvSource({
        "10, 5, 0 2 4 6 8 10", "9, 5, 0 2 4 6 8 10", "11, 5, 0 5 10 15", "200, 5, 0 50 100 150 200", "0.28, 5, 0 0.1 0.2 0.3",
        "0.5, 5, 0 0.1 0.2 0.3 0.4 0.5", "1, 1, 0 1", "3, 1, 0 5", "0, 5, 0 0.2", "-3, 4, 0 0.5", "1e-6, 2, 0 5e-7 1e-6", "1e9, 2, 0 5e8 1e9"
    })
    void stepsAreRoundAndReachTheGreatest(double greatest, int most, String ticks) {
        assertTicks(Ticks.linear(greatest, most), ticks);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 100, 1 2 5 10 20 50 100", "3, 40, 2 5 10 20 50", "0.4, 0.6, 0.2 0.5 1", "5, 5, 5 10", "7, 7, 5 10", "1, 1, 1 2", "90, 110, 50 100 200"
    })
    void logarithmicStepsReachFromBelowTheLeastToAboveTheGreatest(double least, double greatest, String ticks) {
        assertTicks(Ticks.logarithmic(least, greatest), ticks);
    }

    @Test
    void noLogarithmicAxisBeginsAtZero() {
        assertThatThrownBy(() -> Ticks.logarithmic(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ticks.logarithmic(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesStandWhereTheyBelongBetweenTheEnds() {
        Axis linear = Axis.linear(200, 4, 50, 450);
        assertThat(linear.at(0)).isEqualTo(50);
        assertThat(linear.at(100)).isEqualTo(250);
        assertThat(linear.at(200)).isEqualTo(450);
        Axis up = Axis.linear(10, 5, 100, 0);
        assertThat(up.at(2.5)).isEqualTo(75);
        Axis logarithmic = Axis.logarithmic(1, 100, 0, 200);
        assertThat(logarithmic.at(10)).isCloseTo(100, within(1e-9));
    }

    @Test
    void whatLiesOutsideStandsAtTheNearerEnd() {
        Axis linear = Axis.linear(10, 5, 0, 100);
        assertThat(linear.at(-5)).isZero();
        assertThat(linear.at(500)).isEqualTo(100);
        assertThat(Axis.logarithmic(1, 10, 0, 100).at(0)).isZero();
    }

    @Test
    void binsHoldEachValueOnceWhereverItLies() {
        Axis axis = Axis.linear(10, 5, 0, 100);
        Bins bins = Bins.of(List.of(0.0, 0.5, 4.9, 5.1, 10.0, 99.0, -1.0, 10.0), axis, 10);
        assertThat(bins.shares().stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(1, within(1e-9));
        assertThat(bins.shares().getFirst()).isEqualTo(3 / 8.0);
        assertThat(bins.shares().get(9)).isEqualTo(3 / 8.0);
        assertThat(bins.greatest()).isEqualTo(3 / 8.0);
        assertThat(Bins.of(List.of(), axis, 4).shares()).containsExactly(0.0, 0.0, 0.0, 0.0);
    }

    private static void assertTicks(List<Double> ticks, String wanted) {
        List<Double> expected = Arrays.stream(wanted.split(" ")).map(Double::valueOf).toList();
        assertThat(ticks).as(ticks.toString()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(ticks.get(i)).isCloseTo(expected.get(i), within(Math.abs(expected.get(i)) * 1e-9 + 1e-15));
        }
    }
}
