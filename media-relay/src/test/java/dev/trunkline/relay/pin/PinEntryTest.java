package dev.trunkline.relay.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.pin.PinEntry.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinEntryTest {
    private final PinEntry entry = new PinEntry("1234");

    private Verdict press(String keys) {
        Verdict last = Verdict.MORE;
        for (char key : keys.toCharArray()) {
            last = entry.pressed(new DtmfKey("0123456789*#ABCD".indexOf(key)));
        }
        return last;
    }

    @ParameterizedTest
    @CsvSource({
        "1234, LET_IN", "99*1234, LET_IN", "1*1234, LET_IN", "#1234, LET_IN", "A1B2C3D4, LET_IN",
        "123, MORE", "#, MORE", "12*, MORE", "ABCD, MORE",
        "1235, AGAIN", "123#, AGAIN", "1#, AGAIN", "4321, AGAIN", "0123, AGAIN", "1235#, MORE",
        "1235#1234, LET_IN", "11112222, AGAIN", "111122221234, LET_IN",
        "111122223333, REFUSED", "1#2#3#, REFUSED", "1111#2222#3333, REFUSED"
    })
    void keysLeadToAVerdict(String keys, Verdict verdict) {
        assertThat(press(keys)).isEqualTo(verdict);
    }

    @Test
    void aTryWhoseTimeIsOverIsAWrongOne() {
        press("123");
        assertThat(entry.timedOut()).isEqualTo(Verdict.AGAIN);
        assertThat(press("4")).isEqualTo(Verdict.MORE);
        assertThat(entry.timedOut()).isEqualTo(Verdict.AGAIN);
        assertThat(entry.wrongTries()).isEqualTo(2);
        assertThat(entry.timedOut()).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void nobodyIsJudgedTwice() {
        press("1234");
        assertThatThrownBy(() -> press("1")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(entry::timedOut).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12a4", "12 34", "#", "123456789012345678901234567890123"})
    void whatIsNoPinIsRefusedAndNotRepeated(String pin) {
        assertThatThrownBy(() -> new PinEntry(pin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a PIN must be 1 to 32 digits");
    }

    @Test
    void saysNothing() {
        assertThat(entry.toString()).doesNotContain("1234");
    }
}
