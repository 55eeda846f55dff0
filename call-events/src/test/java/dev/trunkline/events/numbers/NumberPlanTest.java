package dev.trunkline.events.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberPlanTest {

    @ParameterizedTest
    @CsvSource({
        // Belgium: international, national, and as a PBX writes them
        "BE, +3225550100, +3225550100",
        "BE, 003225550100, +3225550100",
        "BE, 3225550100, +3225550100",
        "BE, 025550100, +3225550100",
        "BE, 02 555 01 00, +3225550100",
        "BE, (02) 555.01-00, +3225550100",
        "BE, ' +32 2 555 01 00 ', +3225550100",
        "BE, tel:+32-2-555-01-00, +3225550100",
        "BE, TEL:+3225550100;phone-context=example.org, +3225550100",
        "BE, +3225550100;user=phone, +3225550100",
        "BE, %2B3225550100, +3225550100",
        // one number of another country, however it is written
        "BE, 004991874350352, +4991874350352",
        "BE, 4991874350352, +4991874350352",
        "DE, +4991874350352, +4991874350352",
        "DE, 004991874350352, +4991874350352",
        "DE, 4991874350352, +4991874350352",
        "DE, 91874350352, +4991874350352",
        "DE, 09187 4350352, +4991874350352",
        // no country: E.164 with or without the plus
        "'', +3225550100, +3225550100",
        "'', 3225550100, +3225550100",
        "'', 003225550100, +3225550100",
        "'', 4991874350352, +4991874350352",
    })
    void knownNumbersBecomeE164(String country, String received, String e164) {
        assertThat(plan(country).normalise(received)).isEqualTo(new NumberPlan.Normalised(e164, true));
    }

    @ParameterizedTest
    @CsvSource({
        "BE, 1000, 1000",
        "DE, 1000, 1000",
        "'', 1000, 1000",
        "DE, 112, 112",
        "DE, 123456, 123456",
        "'', 025550100, 025550100",
        "BE, anonymous, anonymous",
        "DE, anonymous, anonymous",
        "DE, alice1234567, alice1234567",
        "BE, '', ''",
        "BE, '   ', ''",
        "BE, tel:, ''",
        "BE, ;user=phone, ''",
        "BE, +, +",
        "BE, 0, 0",
        "BE, 00, 00",
        "BE, *31#025550100, *31#025550100",
        "BE, +999123456789, +999123456789",
        "BE, 1234567890123456789012345, 1234567890123456789012345",
        "BE, ٠٢٥٥٥٠١٠٠, ٠٢٥٥٥٠١٠٠",
    })
    void whatIsNoKnownNumberStaysAsItIs(String country, String received, String text) {
        assertThat(plan(country).normalise(received)).isEqualTo(new NumberPlan.Normalised(text, false));
    }

    private static NumberPlan plan(String country) {
        return new NumberPlan(Optional.of(country).filter(code -> !code.isEmpty()));
    }
}
