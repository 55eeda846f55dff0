package dev.trunkline.cli.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallOptionsTest {
    @Test
    void aNumberIsEnough() {
        assertThat(CallOptions.parse("+3225550100")).isEqualTo(new CallOptions("+3225550100", "+32470000001", 8));
    }

    @Test
    void optionsMayStandAnywhere() {
        assertThat(CallOptions.parse("--seconds", "3", "1000", "--from", "0470123456"))
                .isEqualTo(new CallOptions("1000", "0470123456", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--from", "a b", "1000 1001", "1000 --seconds 0", "1000 --seconds x", "1000 --from alice"})
    void faultyLinesAreExplained(String line) {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ");
        assertThatThrownBy(() -> CallOptions.parse(args)).isInstanceOf(IllegalArgumentException.class).hasMessageMatching(".{8,}");
    }
}
