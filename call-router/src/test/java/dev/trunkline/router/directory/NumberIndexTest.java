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
    /** In order of age. */
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

    /** In order of age; the trunk that a number is for is at its end. */
    private static final List<String> BOUND = List.of(
            "*@pbx", "10*", "10*@pbx", "101*", "/2\\d{3}/", "/2\\d+/@pbx", "/20../@pbx", "+32*@pbx", "+322*", "1001@pbx", "1002",
            "/3/@4/", "*@a@b", "/x[0-9]/@a/@b", "5*@other");

    @ParameterizedTest
    @CsvSource({
        "1001,         pbx,     1001@pbx",
        "1001,         other,   10*",
        "1002,         pbx,     1002",
        "1003,         pbx,     10*@pbx",
        "1003,         other,   10*",
        "1011,         pbx,     101*",
        "2000,         pbx,     /2\\d+/@pbx",
        "2000,         other,   /2\\d{3}/",
        "20,           pbx,     /2\\d+/@pbx",
        "20ab,         pbx,     /20../@pbx",
        "20,           other,   ''",
        "+3225550100,  pbx,     +322*",
        "+3235550100,  pbx,     +32*@pbx",
        "+3235550100,  other,   ''",
        "4444,         pbx,     *@pbx",
        "reception,    pbx,     *@pbx",
        "*97,          pbx,     *@pbx",
        "4444,         other,   ''",
        "53,           other,   5*@other",
        "53,           pbx,     *@pbx",
        "7,            a@b,     *@a@b",
        "x7/@a,        b,       /x[0-9]/@a/@b",
        "3/@4,         pbx,     /3/@4/",
    })
    void aTrunksOwnPatternGoesBeforeOneOfTheSameLengthAndWhateverItDialsComesLast(String called, String trunk, String found) {
        assertThat(find(numbers(BOUND), called, trunk)).isEqualTo(Optional.of(found).filter(text -> !text.isEmpty()));
    }

    /** The owner of a closer key keeps the number, whatever the ages and however many trunks there are. */
    @ParameterizedTest
    @CsvSource({
        "1001, 1001, *@pbx", "1001, 1001, 1*@pbx", "1001, 1001, /1001/@pbx", "1001, 1001@pbx, 1001", "1001, 100*, 10*@pbx",
        "1001, 100*, /1001/@pbx", "1001, 1*, *@pbx", "1001, /1001/, *@pbx", "1001, 1*@pbx, 1*", "1001, /1001/@pbx, /1.*/",
    })
    void aPatternNeverTakesWhatSomebodyHasMoreClosely(String called, String closer, String wider) {
        for (List<String> keys : List.of(List.of(closer, wider), List.of(wider, closer))) {
            assertThat(find(numbers(keys), called, "pbx")).contains(closer);
        }
    }

    @Test
    void noPatternIsAskedAboutWhatIsLongerThanAnyNumber() {
        assertThat(find(numbers(List.of("*@pbx", "/.*/@pbx")), "1".repeat(128), "pbx")).contains("/.*/@pbx");
        assertThat(find(numbers(List.of("*@pbx", "/.*/@pbx")), "1".repeat(129), "pbx")).isEmpty();
    }

    @Test
    void anExpressionThatRepeatsRepetitionsIsRefused() {
        assertThatThrownBy(() -> NumberKey.of("/((\\d{50}){50})/")).hasMessageContaining("repeats too much");
        assertThatThrownBy(() -> NumberKey.of("/(((\\d{99}){99}){99})/@pbx")).isInstanceOf(IllegalArgumentException.class);
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

        // A backtracking engine would need longer than the age of the universe for each of these.
        assertThat(find(evil, "a".repeat(120) + "!", "pbx")).isEmpty();
        assertThat(find(evil, "1".repeat(128), "pbx")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "+", "//", "/(/", "/(?=a)/", "/(a)\\1/", "1000@", "+3225550100@pbx", "*@", "/re/@", "+*@pbx", "//@pbx", "+32 2", "+0123", "a b", "@pbx", "**"})
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
