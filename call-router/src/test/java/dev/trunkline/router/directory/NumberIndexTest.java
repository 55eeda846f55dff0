package dev.trunkline.router.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberIndexTest {
    /** In the order of their age. */
    private static final List<String> NUMBERS = List.of(
            "+3905512345*", "+390551234*", "+39055123456", "/^\\+3905\\d{7}$/", "/\\+39055\\d{8}/", "/\\d{3}/",
            "1000", "1001@pbx", "1001@other", "100*", "reception", "*97");

    @ParameterizedTest
    @CsvSource({
        "+39055123456,  pbx,   +39055123456",
        "+39055123457,  pbx,   +3905512345*",
        "+390551234599, pbx,   +3905512345*",
        "+39055123499,  pbx,   +390551234*",
        "+39055999999,  pbx,   /^\\+3905\\d{7}$/",
        "+3905599999999, pbx,  /\\+39055\\d{8}/",
        "+390569999999, pbx,   ''",
        "+39051234567,  pbx,   /^\\+3905\\d{7}$/",
        "1000,          pbx,   1000",
        "1001,          pbx,   1001@pbx",
        "1001,          other, 1001@other",
        "1001,          third, 100*",
        "1002,          pbx,   100*",
        "999,           pbx,   /\\d{3}/",
        "9999,          pbx,   ''",
        "reception,     pbx,   reception",
        "*97,           pbx,   *97",
    })
    void theExactNumberThenTheLongestBeginningThenTheOldestExpression(String called, String trunk, String found) {
        Optional<String> number = find(numbers(NUMBERS), called, trunk);

        assertThat(number).isEqualTo(Optional.of(found).filter(text -> !text.isEmpty()));
    }

    @Test
    void theOrderOfReadingDoesNotMatter() {
        List<PhoneNumber> backwards = new ArrayList<>(numbers(NUMBERS));
        Collections.reverse(backwards);

        for (String called : List.of("+39055123457", "+39055999999", "+39051234567", "1001", "999")) {
            assertThat(find(backwards, called, "pbx")).isEqualTo(find(numbers(NUMBERS), called, "pbx"));
        }
    }

    @Test
    void anExpressionThatWouldTakeForeverElsewhereTakesNoTimeHere() {
        List<PhoneNumber> evil = numbers(List.of("/(a+)+$/", "/(.*)*(.*)*(.*)*x/", "/([0-9]+)*#/"));

        // A backtracking engine needs longer than the universe has lasted for each of these.
        assertThat(find(evil, "a".repeat(120) + "!", "pbx")).isEmpty();
        assertThat(find(evil, "1".repeat(128), "pbx")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "+", "//", "/(/", "/(?=a)/", "/(a)\\1/", "1000@", "+32 2", "+0123", "a b", "@pbx", "**"})
    void whatIsNoNumberIsSaid(String written) {
        assertThatThrownBy(() -> NumberKey.of(written)).isInstanceOf(IllegalArgumentException.class).message().isNotBlank();
    }

    @Test
    void anExpressionHasALimit() {
        assertThatThrownBy(() -> NumberKey.of("/" + "1".repeat(201) + "/")).hasMessageContaining("200 characters");
    }

    private static Optional<String> find(List<PhoneNumber> numbers, String called, String trunk) {
        return new NumberIndex(numbers).find(called, trunk).map(PhoneNumber::phoneNumber);
    }

    private static List<PhoneNumber> numbers(List<String> keys) {
        return keys.stream()
                .map(key -> new PhoneNumber(
                        key, "o", true, "", Optional.empty(), JsonNodeFactory.instance.objectNode(), 1, Optional.empty(),
                        Instant.EPOCH.plusSeconds(keys.indexOf(key))))
                .toList();
    }
}
