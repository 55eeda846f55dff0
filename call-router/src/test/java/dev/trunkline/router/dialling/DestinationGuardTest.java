package dev.trunkline.router.dialling;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.trunkline.events.RefusalReason;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which destinations an outbound trunk may call. */
class DestinationGuardTest {

    /** The trunk's settings for destinations, the number called, and the outcome. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        // The trunk's own country and nothing else.
        "                                                                         | +3225550100   | dialled",
        "                                                                         | +32470123456  | dialled",
        "                                                                         | +3280012345   | dialled",
        "                                                                         | +33612345678  | destination-forbidden",
        "                                                                         | +12025550100  | destination-forbidden",
        "                                                                         | +18765550100  | destination-forbidden",
        "                                                                         | +881612345678 | destination-forbidden",
        "                                                                         | +80012345678  | destination-forbidden",
        // Ranges that cost more.
        "                                                                         | +3290012345   | destination-forbidden",
        "                                                                         | +3290312345   | destination-forbidden",
        "'allowed':{'countries':['DE']}                                           | +4918012345678 | destination-forbidden",
        "'allowed':{'countries':['GB']}                                           | +447012345678 | destination-forbidden",
        "'allowed':{'countries':['BE'],'prefixes':['+32']}                        | +3290012345   | destination-forbidden",
        "'allowed':{'countries':['BE'],'prefixes':['+329']}                       | +3290012345   | destination-forbidden",
        "'allowed':{'countries':['BE'],'prefixes':['+3290']}                      | +3290012345   | destination-forbidden",
        "'allowed':{'countries':['BE'],'prefixes':['+32900']}                     | +3290012345   | dialled",
        "'allowed':{'prefixes':['+32900']}                                        | +3290012345   | dialled",
        "'allowed':{'prefixes':['+32900']}                                        | +3225550100   | destination-forbidden",
        "'allowed':{'prefixes':['+44701']}                                        | +447012345678 | dialled",
        "'allowed':{'countries':['BE'],'prefixes':['+32900']},'forbidden':{'prefixes':['+329001']} | +3290012345 | destination-forbidden",
        // In no range in use.
        "                                                                         | +3217111111   | destination-invalid",
        "'allowed':{'prefixes':['+32171']}                                        | +3217111111   | dialled",
        // Countries and prefixes: the longest match decides; of two equally long ones, the forbidden one.
        "'allowed':{'countries':['BE','FR']}                                      | +33612345678  | dialled",
        "'allowed':{'countries':['FR']}                                           | +32470123456  | destination-forbidden",
        "'allowed':{'countries':['US']}                                           | +12025550100  | dialled",
        "'allowed':{'countries':['US']}                                           | +18765550100  | destination-forbidden",
        "'allowed':{'prefixes':['+1']}                                            | +18765550100  | dialled",
        "'allowed':{'prefixes':['+1']},'forbidden':{'countries':['JM']}           | +18765550100  | destination-forbidden",
        "'allowed':{'prefixes':['+1876']},'forbidden':{'countries':['JM']}        | +18765550100  | dialled",
        "'allowed':{'countries':['US'],'prefixes':['+33']}                        | +33612345678  | dialled",
        "'allowed':{'prefixes':['+336']}                                          | +33612345678  | dialled",
        "'allowed':{'prefixes':['+336']}                                          | +33123456789  | destination-forbidden",
        "'forbidden':{'countries':['BE']}                                         | +32470123456  | destination-forbidden",
        "'allowed':{'countries':['BE']},'forbidden':{'countries':['BE']}          | +32470123456  | destination-forbidden",
        "'forbidden':{'prefixes':['+3247']}                                       | +32470123456  | destination-forbidden",
        "'forbidden':{'prefixes':['+3247']}                                       | +3225550100   | dialled",
        "'allowed':{'countries':['BE'],'prefixes':['+32470']},'forbidden':{'prefixes':['+3247']}   | +32470123456 | dialled",
        "'allowed':{'countries':['BE'],'prefixes':['+3247']},'forbidden':{'prefixes':['+32470']}   | +32470123456 | destination-forbidden",
        "'allowed':{'countries':['BE'],'prefixes':['+3247']},'forbidden':{'prefixes':['+3247']}    | +32470123456 | destination-forbidden",
        "'allowed':{'prefixes':['+32']},'forbidden':{'countries':['BE']}          | +32470123456  | destination-forbidden",
        // Satellite numbers belong to no country.
        "'allowed':{'prefixes':['+8816']}                                         | +881612345678 | dialled",
    })
    void theLongestBeginningThatTheTrunkNamesDecides(String terms, String to, String outcome) {
        Lines lines = Lines.of("{'name':'t','gateways':[{'host':'h.example'}],'dialling':{'country':'BE'}"
                + (terms == null ? "" : "," + terms) + "}");

        assertThat(outcome(lines, to)).isEqualTo(outcome);
    }

    @Test
    void aTrunkWithoutCountryCallsNowhereUntilItSaysWhere() {
        Lines lines = Lines.of("{'name':'t','gateways':[{'host':'h.example'}]}");

        assertThat(lines.refused("+32470123456").detail())
                .isEqualTo("The target is in BE, an ordinary number, and trunk t may call nowhere, as it has neither dialling.country nor"
                        + " allowed: write the country BE into its allowed.");
    }

    @Test
    void aRefusalSaysWhatToWrite() {
        assertThat(Lines.carrier().refused("+33612345678").detail()).contains("may call BE alone").contains("the country FR into its allowed");
        assertThat(Lines.carrier().refused("+3290012345").detail()).contains("a premium rate number").contains("3 digits or more beyond");
    }

    /** A thousand numbers from each of Belgium's expensive ranges, as a script would try them. */
    @Test
    void noneOfThousandPremiumNumbersGetsThrough() {
        Lines lines = Lines.carrier();
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        Set<String> ranges = Set.of("+32900", "+32901", "+32902", "+32903", "+32904", "+32905", "+32906", "+32907", "+32909");

        assertThat(ranges).allSatisfy(range -> assertThat(IntStream.range(0, 1_000)
                        .mapToObj(each -> range + "%05d".formatted(each * 97 % 100_000))
                        .map(lines::call))
                .allMatch(DialDecision.Refuse.class::isInstance));
        assertThat(numbers.getSupportedRegions()).allSatisfy(region -> {
            var example = numbers.getExampleNumberForType(region, PhoneNumberUtil.PhoneNumberType.PREMIUM_RATE);
            // A few islands have a number plan but no ISO 3166 code.
            if (example != null && Set.of(Locale.getISOCountries()).contains(region)) {
                Lines own = Lines.of("{'name':'t','gateways':[{'host':'h.example'}],'allowed':{'countries':['" + region + "']}}");
                assertThat(own.call(numbers.format(example, PhoneNumberUtil.PhoneNumberFormat.E164))).isInstanceOf(DialDecision.Refuse.class);
            }
        });
    }

    private static String outcome(Lines lines, String to) {
        return switch (lines.call(to)) {
            case DialDecision.Dial dial -> "dialled";
            case DialDecision.Refuse(RefusalReason reason, var trace) -> reason.code();
        };
    }
}
