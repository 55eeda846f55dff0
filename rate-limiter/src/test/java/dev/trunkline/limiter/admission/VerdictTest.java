package dev.trunkline.limiter.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

    @Test
    void admittedCarriesItsCounts() {
        assertThat(Verdict.parse("admitted 0 1 2 3 4"))
                .isEqualTo(new Verdict.Admitted(new Tally(1, List.of(2, 3, 4))));
    }

    @Test
    void overSaysNothing() {
        assertThat(Verdict.parse("over")).isEqualTo(new Verdict.Over());
    }

    @Test
    void tooOftenSaysWhenThereIsRoom() {
        assertThat(Verdict.parse("caller-rate 1234 10 2 3 4"))
                .isEqualTo(new Verdict.TooOften(new Tally(10, List.of(2, 3, 4)), Duration.ofMillis(1234)));
    }

    @Test
    void fullNamesTheSeat() {
        assertThat(Verdict.parse("full-1 0 0 1 2 3 4")).isEqualTo(new Verdict.Full(new Tally(0, List.of(1, 2, 3, 4)), 0));
        assertThat(Verdict.parse("full-4 0 0 1 2 3 4")).isEqualTo(new Verdict.Full(new Tally(0, List.of(1, 2, 3, 4)), 3));
    }

    @Test
    void aCallOutBringsTheCountsOfItsFurtherWindows() {
        assertThat(Verdict.parse("admitted 0 1,8,9 2 3 4"))
                .isEqualTo(new Verdict.Admitted(new Tally(1, List.of(8, 9), List.of(2, 3, 4))));
        assertThat(Verdict.parse("rate-2 1234 1,8,9 2 3 4")).isEqualTo(
                new Verdict.DialledTooOften(new Tally(1, List.of(8, 9), List.of(2, 3, 4)), 1, Duration.ofMillis(1234)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "rate-1 0 1 2 3", "rate-3 0 1,8,9 2 3", "rate-0 0 1,8,9 2 3", "rate- 0 1,8 2 3", "admitted 0 , 2 3",
        "", "admitted", "admitted 1 2", "perhaps 1 2 3 4 5", "full-0 0 1 2 3", "full-3 0 1 2 3", "full-x 0 1 2 3"
    })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Verdict.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
