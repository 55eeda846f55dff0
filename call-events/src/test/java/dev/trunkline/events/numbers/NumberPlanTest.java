package dev.trunkline.events.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.Trunk;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberPlanTest {
    private static final String GERMAN = "+4991874350352";

    @ParameterizedTest
    @CsvFileSource(resources = "/numbers/forms.csv", delimiter = '|', useHeadersInDisplayName = true, emptyValue = "")
    void readsEveryForm(String country, String received, String text, String how) {
        NumberPlan.Normalised read = plan(country).normalise(received == null ? "" : received);
        assertThat(read.text()).isEqualTo(text == null ? "" : text);
        assertThat(String.join("; ", read.how())).isEqualTo(how);
        assertThat(read.e164()).isEqualTo(!how.endsWith("left as it is"));
    }

    @ParameterizedTest
    @CsvSource({
        // the trunk dials 9 for a line, then dials as in its country
        "9, '', 9025550100, +3225550100, 'national prefix 9 removed, national number of BE'",
        "'', 900, 9004991874350352, +4991874350352, international prefix 900 removed",
        "'', '00,900', 9004991874350352, +4991874350352, international prefix 900 removed",
        "0, '00,000', 0004991874350352, +4991874350352, international prefix 000 removed",
        // the country's own prefixes are still understood
        "9, 900, 025550100, +3225550100, 'national prefix 0 removed, national number of BE'",
        "9, 900, 004991874350352, +4991874350352, international prefix 00 removed",
        "9, 900, 25550100, +3225550100, national number of BE",
        // prefixes as people write them in files
        "'(0)', '+ 011', 011442079460000, +442079460000, international prefix 011 removed",
    })
    void readsThePrefixesOfTheTrunk(String national, String international, String received, String e164, String how) {
        var plan = new NumberPlan(Optional.of("BE"), list(international), list(national));
        assertThat(plan.normalise(received)).isEqualTo(new NumberPlan.Normalised(e164, true, List.of(how)));
    }

    @Test
    void aPrefixOfTheTrunkLosesToAReadingThatIsValid() {
        // 475... is a Belgian mobile number, not a number after a 4.
        var plan = new NumberPlan(Optional.of("BE"), List.of(), List.of("4"));
        assertThat(plan.normalise("475112233").text()).isEqualTo("+32475112233");
    }

    @Test
    void validReadingsWinOverThoseThatAreOnlyPossible() {
        // Ten digits are also a possible German number, but no German range contains this one.
        assertThat(plan("DE").normalise("3225550100").text()).isEqualTo("+3225550100");
        assertThat(plan("DE").normalise("2700000000").how())
                .containsExactly("national number of DE", "possible, but of no range in use");
    }

    @Test
    void theNationalReadingWinsWhereBothAreValid() {
        // An Italian mobile number, or a number in Rome after its country code.
        assertThat(plan("IT").normalise("3906123456").text()).isEqualTo("+393906123456");
        assertThat(plan("").normalise("3906123456").text()).isEqualTo("+3906123456");
    }

    @Test
    void theOwnCountryCodeWinsWhereNationalNumbersHaveAPrefix() {
        // A mobile number after 49; by its length also a number in Papenburg without its 0.
        assertThat(plan("DE").normalise("4915112345678").text()).isEqualTo("+4915112345678");
        assertThat(plan("DE").normalise("04915112345678").text()).isEqualTo("+494915112345678");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4991874350352", "91874350352", "004991874350352", GERMAN, "tel:+49-9187-4350352"})
    void allWaysToWriteANumberMeet(String received) {
        var trunk = new Trunk("t", "trunk", List.of(), Optional.of("de"), List.of());
        assertThat(NumberPlan.of(trunk).normalise(received).text()).isEqualTo(GERMAN);
    }

    @Test
    void readsWhatItWrote() {
        for (String country : List.of("DE", "BE", "NL", "IT", "US", "GB", "FR", "CH", "")) {
            assertThat(plan(country).normalise(GERMAN).text()).as(country).isEqualTo(GERMAN);
            assertThat(plan(country).normalise("+390612345678").text()).as(country).isEqualTo("+390612345678");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4991874350352", "91874350352", "004991874350352", GERMAN, "9460000;phone-context=+44207"})
    void theStepsDoNotTellTheNumber(String received) {
        assertThat(String.join(" ", plan("DE").normalise(received).how())).doesNotContainPattern("[0-9]{4}");
    }

    @Test
    void takesThePrefixesOfATrunk() {
        var trunk = new Trunk("t", "trunk", List.of(), Optional.of("DE"), List.of(), List.of("810"), List.of("8"),
                List.of(), List.of());
        assertThat(NumberPlan.of(trunk))
                .isEqualTo(new NumberPlan(Optional.of("DE"), List.of("810"), List.of("8")));
    }

    private static NumberPlan plan(String country) {
        return new NumberPlan(Optional.ofNullable(country).filter(code -> !code.isEmpty()));
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "+", "9", "\u0000", "(", "1 ", "1x", ";ext=1", "%30", "\u0661", "1-"})
    void whatNobodyDialsIsAWordHoweverLong(String part) {
        for (int times : new int[] {300, 3_000, 65_536}) {
            String received = part.repeat(times);
            NumberPlan.Normalised read = plan("DE").normalise(received);
            assertThat(read.e164()).isFalse();
            assertThat(read.text()).isEqualTo(received);
            assertThat(read.how()).contains("too long for a number");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'025550100 ext. 12', true", "'025550100x12', true", "'025550100,EXT12', true", "'02 555 01 00 - x: 123456789', true",
        "'025550100x1234567890', false", "'025550100ext', false", "'x12', false", "'ext. 12', false", "'025550100 y12', false",
        "'025550100tx12', false", "'(x12', false",
    })
    void anExtensionBehindANumberIsLeftOut(String received, boolean number) {
        assertThat(plan("BE").normalise(received).text()).isEqualTo(number ? "+3225550100" : received);
    }
}
