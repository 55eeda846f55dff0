package dev.trunkline.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallIdMatchTest {

    @ParameterizedTest
    @CsvSource({
        "a@b, a@b, EXACT",
        "******@b, ******@b, EXACT",
        "a-32470123456@b, a-***********@b, MASKED",
        "a-32470123456-7@b, a-***********-7@b, MASKED",
        "a-32470123456-8@b, a-***********-7@b, ",
        "a-3247012345@b, a-***********@b, ",
        "a-3247O123456@b, a-***********@b, ",
        "a@b, A@b, ",
        "a@b, a@bc, ",
        "a*b, a1b, "
    })
    void compares(String asked, String ofEvent, CallIdMatch match) {
        assertThat(CallIdMatch.of(asked, ofEvent)).isEqualTo(java.util.Optional.ofNullable(match));
    }
}
