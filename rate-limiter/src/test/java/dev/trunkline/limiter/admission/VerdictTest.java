package dev.trunkline.limiter.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.RefusalReason;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

    @Test
    void admittedCarriesItsCounts() {
        assertThat(Verdict.parse("admitted 1 2 3 4 0")).isEqualTo(new Verdict.Admitted(new Tally(1, 2, 3, 4)));
    }

    @Test
    void overSaysNothing() {
        assertThat(Verdict.parse("over")).isEqualTo(new Verdict.Over());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "999,1", "1000,1", "1001,2", "3600000,3600", "0,1"})
    void waitingIsRoundedUpToWholeSeconds(long millis, int seconds) {
        assertThat(Verdict.parse("caller-rate 10 2 3 4 " + millis))
                .isEqualTo(new Verdict.Refused(
                        RefusalReason.CALLER_RATE, OptionalInt.of(seconds), new Tally(10, 2, 3, 4)));
    }

    @ParameterizedTest
    @CsvSource({"number-busy,NUMBER_BUSY", "organisation-busy,ORGANISATION_BUSY", "suite-full,SUITE_FULL"})
    void busyHasNoTimeOfItsOwn(String outcome, RefusalReason reason) {
        assertThat(Verdict.parse(outcome + " 0 1 1 1 0"))
                .isEqualTo(new Verdict.Refused(reason, OptionalInt.empty(), new Tally(0, 1, 1, 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "admitted", "perhaps 1 2 3 4 5", "admitted 1 2 3 4", "admitted 1 2 3 4 5 6"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Verdict.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
