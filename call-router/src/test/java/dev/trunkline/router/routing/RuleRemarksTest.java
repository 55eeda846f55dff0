package dev.trunkline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The remarks about a rule {@code r} when it is written. */
class RuleRemarksTest {
    private static final String DIRECTORY = """
            organisations:
              - {name: bakery, numbers: [%s]}
            trunks:
              - {name: pbx, country: BE}
              - {name: carrier, numbers: ["+3225550200", "+4930*"]}
            rules:
              - {name: r, organisation: bakery, type: direct, room_name: a, %s}
            """;
    private static final String NUMBERS = "{phone_number: '+3225550100'}, {phone_number: '1001@pbx'}, {phone_number: '+3226*'},"
            + " {phone_number: '/7\\d+/'}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "trunks: [pbx], inbound_numbers: ['+3225550100']               | \"numbers\": [\"+3225550100\"]",
        "trunks: [pbx], inbound_numbers: ['02 555 01 00']              | \"numbers\": [\"02 555 01 00\"]",
        "trunks: [pbx], inbound_numbers: ['+3225550100', '+44799999']  | \"numbers\": [\"+3225550100\"]",
        "trunks: [pbx], inbound_numbers: ['1001']                      | \"numbers\": [\"1001\"]",
        "trunks: [pbx], inbound_numbers: ['+3226*']                    | \"numbers\": [\"+3226*\"]",
        "trunks: [pbx], inbound_numbers: ['+3226111111']               | \"numbers\": [\"+3226111111\"]",
        "wildcard: true, inbound_numbers: ['+3225550100', '1001']      | \"numbers\": [\"+3225550100\", \"1001\"]",
        "trunks: [carrier], inbound_numbers: ['+3225550200']           | \"numbers\": [\"+3225550200\"]",
        "trunks: [carrier], inbound_numbers: ['+493012345']            | \"numbers\": [\"+493012345\"]",
        "trunks: [carrier], inbound_numbers: ['+4930*']                | \"numbers\": [\"+4930*\"]",
    })
    void callersThatAreCalledHereAreProbablyMeantAsTheDialledNumber(String rule, String line) {
        assertThat(remarks(NUMBERS, rule)).singleElement().satisfies(remark -> {
            assertThat(remark.field()).isEqualTo("inbound_numbers");
            assertThat(remark.text()).startsWith("inbound_numbers are the callers, and ").endsWith("write " + line + " instead");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "trunks: [pbx], inbound_numbers: ['+32470123456', '+32*', '1002', '799']",
        "trunks: [carrier], inbound_numbers: ['1001']",
        "trunks: [pbx], inbound_numbers: ['+3225550200']",
        "trunks: [pbx], numbers: ['+3225550100'], inbound_numbers: ['1001']",
        "trunks: [pbx]",
        "trunks: [pbx], numbers: ['+3225550100', '1001', '+3226123456', '+32261*', '+322*', '777']",
        "trunks: [carrier, pbx], numbers: ['1001']",
        "wildcard: true, numbers: ['1001']",
    })
    void whatCanBeMeantIsNotRemarkedOn(String rule) {
        assertThat(remarks(NUMBERS, rule)).isEmpty();
    }

    @Test
    void aNumberThatNobodyHasIsToldWithWhatToAddAndWhatComesThen() {
        assertThat(remarks(NUMBERS, "trunks: [pbx], numbers: ['+3225550199', '+3225550100', '+3225550198']")).singleElement().satisfies(remark -> {
            assertThat(remark.field()).isEqualTo("numbers");
            assertThat(remark.text())
                    .startsWith("+3225550199, +3225550198: no organisation has it")
                    .contains("404 (number-unknown)", "486 (number-busy)", "POST /numbers {\"phone_number\": \"+3225550199\","
                            + " \"organisation\": \"bakery\", \"max_concurrent_calls\": 10}");
        });
        assertThat(remarks(NUMBERS, "trunks: [carrier], numbers: ['1001']")).as("on that trunk").hasSize(1);
        assertThat(remarks("{phone_number: '+3226*'}", "trunks: [pbx], numbers: ['+4430*']")).as("a beginning").hasSize(1);
    }

    @Test
    void aRuleForEveryNumberWhereNobodyHasAnyIsToldHowToTakeAnyExtension() {
        assertThat(remarks("", "trunks: [pbx]")).singleElement().satisfies(remark -> assertThat(remark.text())
                .contains("404 (number-unknown)", "\"phone_number\": \"*@pbx\"", "486 (number-busy)"));
        assertThat(remarks("{phone_number: '*@carrier'}", "trunks: [pbx]")).hasSize(1);
        assertThat(remarks("{phone_number: '*@pbx'}", "trunks: [pbx]")).isEmpty();
        assertThat(remarks("{phone_number: '*@pbx'}", "trunks: [pbx], numbers: ['+55*', '1001']")).isEmpty();
    }

    @Test
    void whoComesFromLiveKitHearsThatANumberTakesOneCallAtATime() {
        Exchange exchange = exchange(NUMBERS, "trunks: [pbx], numbers: ['+3225550100', '1001', '+3226*', '+4430']");

        assertThat(RuleRemarks.oneAtATime(exchange.directory(), exchange.directory().rules().getFirst())).get().satisfies(remark ->
                assertThat(remark.text())
                        .startsWith("+3225550100, 1001@pbx: max_concurrent_calls is 1, so a second concurrent call is answered 486")
                        .contains("PATCH /numbers/+3225550100 {\"max_concurrent_calls\": 10}"));
    }

    @Test
    void anExplanationSaysTheLineToWriteAndACallsOwnTraceDoesNotLookForIt() {
        Exchange exchange = exchange(NUMBERS, "trunks: [pbx], inbound_numbers: ['+3225550100']");

        assertThat(exchange.explain("pbx", "+3225550100").trace()).anySatisfy(step -> assertThat(step.detail())
                .startsWith("Rule r was skipped by its inbound_numbers (one number): the caller is not in it; inbound_numbers are the"
                        + " callers, and +3225550100 is called here: if the dialled number is meant, write \"numbers\": [\"+3225550100\"] instead"));
        assertThat(exchange.call("pbx", "+3225550100").trace()).noneMatch(step -> step.detail().contains("write \"numbers\""));
    }

    private static List<RuleRemarks.Remark> remarks(String numbers, String rule) {
        Exchange exchange = exchange(numbers, rule);
        return RuleRemarks.of(exchange.directory(), exchange.directory().rules().getFirst());
    }

    private static Exchange exchange(String numbers, String rule) {
        return Exchange.of(DIRECTORY.formatted(numbers, rule));
    }
}
