package dev.trunkline.edge.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void cutsAtSeparators() {
        assertThat(Texts.pieces("a, b,,c", ",", 9)).containsExactly("a", " b", "c");
        assertThat(Texts.pieces("a,b,c", ",", 2)).containsExactly("a", "b");
        assertThat(Texts.pieces("", ",", 2)).isEmpty();
        assertThat(Texts.lines("a\r\nb\nc\rd", 9)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void cutsOutsideOfQuotes() {
        assertThat(Texts.unquotedPieces("a;b=\"c;d\\\";e\";f", ';', 9)).containsExactly("a", "b=\"c;d\\\";e\"", "f");
        assertThat(Texts.unquotedPieces("a;\"b;c", ';', 9)).containsExactly("a", "\"b;c");
        assertThat(Texts.unquotedPieces("", ';', 9)).containsExactly("");
        assertThat(Texts.unquotedPieces("\"\\", ';', 9)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void readsNumbers() {
        assertThat(Texts.leadingNumber("12 (busy)")).hasValue(12);
        assertThat(Texts.leadingNumber("1234567890")).isEmpty();
        assertThat(Texts.leadingNumber("x1")).isEmpty();
        assertThat(Texts.number("007", 3)).hasValue(7);
        assertThat(Texts.number("1000", 3)).isEmpty();
        assertThat(Texts.number("١", 3)).isEmpty();
        assertThat(Texts.number("-1", 3)).isEmpty();
    }

    @Test
    void cleansWhatIsShown() {
        assertThat(Texts.cleaned("An\u0000na\u001b[31m\tB\u202eC\r\n", 99)).isEqualTo("Anna[31m BC");
        assertThat(Texts.cleaned("abc😀", 4)).isEqualTo("abc");
        assertThat(Texts.cleaned("x".repeat(500), 128)).hasSize(128);
    }
}
