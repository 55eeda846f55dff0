package dev.trunkline.router.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {
    @ParameterizedTest
    @CsvSource({
        "+32 2 555 01 00, +3225550100", "003225550100, +3225550100", "+3905512345*, +3905512345*", "1001, 1001",
        "1001@pbx, 1001@pbx", "10*@pbx, 10*@pbx", "+32*@pbx, +32*@pbx", "*@pbx, *@pbx", "*@Head office, *@Head office",
        "'/1\\d{3}/', '/1\\d{3}/'", "'/1\\d{3}/@pbx', '/1\\d{3}/@pbx'", "*97, *97", "*97@pbx, *97@pbx",
    })
    void aNumberIsKept(String written, String kept) {
        assertThat(PhoneNumbers.key(written)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*@", "**@pbx", "+*@pbx", "02 555 01 00", "/(/@pbx", "@pbx"})
    void whatIsNoNumberIsToldWhatToWrite(String written) {
        assertThatThrownBy(() -> PhoneNumbers.key(written)).isInstanceOf(IllegalArgumentException.class).message().isNotBlank();
    }
}
