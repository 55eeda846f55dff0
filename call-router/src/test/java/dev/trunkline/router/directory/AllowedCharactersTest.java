package dev.trunkline.router.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedCharactersTest {
    @ParameterizedTest
    @CsvSource({
        "A-Za-z0-9_-, Store-7_b, true",
        "A-Za-z0-9_-, a.b,       false",
        "A-Za-z0-9_-, zürich,    false",
        "A-Za-z0-9_-, a/b,       false",
        "0-9,         0123456789, true",
        "0-9,         12a,       false",
        "-a,          -a-,       true",
        "abc,         cab,       true",
        "abc,         abd,       false",
    })
    void allowsWhatIsWritten(String written, String text, boolean allowed) {
        assertThat(AllowedCharacters.of(written).allow(text)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "z-a", "a\n", "ü"})
    void refusesWhatIsNoSet(String written) {
        assertThatThrownBy(() -> AllowedCharacters.of(written)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isTheSameSetHoweverItIsWritten() {
        assertThat(AllowedCharacters.of("a-c")).isEqualTo(AllowedCharacters.of("cba")).hasSameHashCodeAs(AllowedCharacters.of("abc"));
        assertThat(AllowedCharacters.of("a-c")).isNotEqualTo(AllowedCharacters.of("a-d")).hasToString("a-c");
    }
}
