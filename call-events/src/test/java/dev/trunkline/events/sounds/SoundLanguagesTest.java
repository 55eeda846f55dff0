package dev.trunkline.events.sounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundLanguagesTest {

    @ParameterizedTest
    @CsvSource({"nl-BE, nl-BE", "nl-be, nl-BE", "nl-NL, nl", "nl, nl", "nl-x-flat, nl", "fr-BE, en", "'', en", "no language, en"})
    void theClosestLanguageIsPlayedElseTheDefault(String wanted, String played) {
        assertThat(SoundLanguages.pick(List.of("nl", "nl-BE", "en"), Optional.of("en"), wanted)).contains(played);
    }

    @Test
    void aSoundOfNoLanguageIsForAll() {
        assertThat(SoundLanguages.pick(List.of(""), Optional.of(""), "fr-BE")).contains("");
    }

    @Test
    void withoutADefaultNothingElseIsPlayed() {
        assertThat(SoundLanguages.pick(List.of("nl"), Optional.empty(), "fr")).isEmpty();
    }
}
