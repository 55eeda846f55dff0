package dev.trunkline.router.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionSizeTest {
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "\\+39055\\d{4} 10",
        "\\d{2,7} 7",
        "\\d{3,} 3",
        "[0-9{}()]{5} 5",
        "(ab){3} 6",
        "((ab){3}c){2} 14",
        "(a|b{4}){10} 60",
        "\\d{4}|\\d{4}|\\d{4} 14",
        "a{b 3",
        "\\{4} 3",
        "((a{100}){100}){100} 1000000",
        "(((a{999}){999}){999}){999} 1000000000",
        "((((((((a{999999999}){999999999})))))))) 1000000000",
        "a)) 1",
    })
    void repetitionsAreWrittenOut(String regex, long size) {
        assertThat(ExpressionSize.of(regex)).isEqualTo(size);
    }
}
