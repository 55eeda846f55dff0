package dev.trunkline.rtc.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldsTest {

    @Test
    void fieldsStandBetweenWhiteSpaceOfAnyLength() {
        assertThat(Fields.of("audio 9  UDP/TLS/RTP/SAVPF\t0")).containsExactly("audio", "9", "UDP/TLS/RTP/SAVPF", "0");
        assertThat(Fields.of("  one ")).containsExactly("one");
    }

    @Test
    void aLineWithoutAnyHasAnEmptyOne() {
        assertThat(Fields.of("")).containsExactly("");
        assertThat(Fields.of(" \t ")).containsExactly("");
    }

    @Test
    void whatStandsBeforeACharacterMayBeNothingOrEverything() {
        assertThat(Fields.before('/', "opus/48000/2")).isEqualTo("opus");
        assertThat(Fields.before('/', "opus")).isEqualTo("opus");
        assertThat(Fields.before('/', "/")).isEmpty();
    }
}
