package dev.trunkline.relay.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DtmfKeyTest {
    @ParameterizedTest
    @CsvSource({
        "5, 5, 5",
        "0, 5, 5",
        "11, '', #",
        "0, 12345678, 12345678",
        "0, abc*#, ABC*#",
        "0, 1w2 3, 123",
        "16, '', ''",
        "-1, x, ''"
    })
    void aMessageOfTheRoomMayHaveSeveralKeysOrNoCode(int code, String digit, String keys) {
        assertThat(DtmfKey.ofRoom(code, digit).stream().map(DtmfKey::digit).reduce("", String::concat)).isEqualTo(keys);
    }

    @Test
    void noMessagePressesKeysWithoutEnd() {
        assertThat(DtmfKey.ofRoom(0, "1".repeat(10_000))).hasSize(64);
    }

    @Test
    void theRoomIsToldSmallLetters() {
        assertThat(new DtmfKey(12).roomDigit()).isEqualTo("a");
        assertThat(new DtmfKey(10).roomDigit()).isEqualTo("*");
    }
}
