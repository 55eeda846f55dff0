package dev.trunkline.router.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.numbers.NumberPlan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberPatternTest {
    private static final NumberPlan BELGIUM = new NumberPlan(Optional.of("BE"));

    @ParameterizedTest
    @CsvSource({
        "+3225550100,      +3225550100, true",
        "+32 2 555 01 00,  +3225550100, true",
        "003225550100,     +3225550100, true",
        "3225550100,       +3225550100, true",
        "025550100,        +3225550100, true",
        "tel:+32-2-555-01-00, +3225550100, true",
        "+3225550100,      +3225550101, false",
        "+322555010,       +3225550100, false",
        "+322555*,         +3225550100, true",
        "+32 2 555*,       +3225550100, true",
        "0032 2 555*,      +3225550100, true",
        "+3225550100*,     +3225550100, true",
        "+32255501000*,    +3225550100, false",
        "+31*,             +3225550100, false",
        "1000,             1000,        true",
    })
    void matchesNumbersHoweverTheyAreWritten(String written, String number, boolean matches) {
        assertThat(NumberPattern.of(written, BELGIUM).matches(number)).isEqualTo(matches);
    }

    @Test
    void theLongerPatternIsCloserAndTheExactNumberClosest() {
        List<NumberPattern> patterns = NumberPattern.all(List.of("+32*", "+322555*"), BELGIUM);
        List<NumberPattern> withExact = NumberPattern.all(List.of("+322555*", "+3225550100"), BELGIUM);

        int open = NumberPattern.closest(patterns, "+3225550100").orElseThrow();
        int exact = NumberPattern.closest(withExact, "+3225550100").orElseThrow();

        assertThat(open).isEqualTo("+322555".length());
        assertThat(exact).isGreaterThan(open);
        assertThat(NumberPattern.closest(patterns, "+3125550100")).isEmpty();
    }
}
