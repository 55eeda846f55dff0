package dev.trunkline.router.dialling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.OutgoingLimits;
import dev.trunkline.events.RefusalReason;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much an organisation may call out. */
class CallsOutTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{}                                                    | {}                                                 | 10 | 100 | 7200",
        "{'calls_out':{'max_concurrent':3}}                    | {}                                                 | 3  | 100 | 7200",
        "{'calls_out':{'max_concurrent':3,'max_per_hour':9}}   | {'calls_out':{'max_per_hour':20}}                  | 3  | 20  | 7200",
        "{'calls_out':{'max_concurrent':3}}                    | {'calls_out':{'max_concurrent':null}}              | 10 | 100 | 7200",
        "{}                                                    | {'calls_out':{'longest_seconds':60}}               | 10 | 100 | 60",
        "{}                                                    | {'calls_out':{'longest_seconds':0}}                | 10 | 100 | 7200",
        "{}                                                    | {'calls_out':{'max_concurrent':-1}}                | 10 | 100 | 7200",
        "{}                                                    | {'calls_out':{'max_concurrent':'many'}}            | 10 | 100 | 7200",
        "{}                                                    | {'calls_out':{'max_concurrent':2.5}}               | 10 | 100 | 7200",
        "{}                                                    | {'calls_out':{'max_per_hour':99999999999}}         | 10 | 100 | 7200",
        "{}                                                    | {'calls_out':'unlimited'}                          | 10 | 100 | 7200",
        "{'calls_out':{'max_concurrent':3}}                    | {'calls_out':false}                                | 10 | 100 | 7200",
    })
    void theOrganisationsConfigurationGoesOverTheSuitesAndDefaultsAreSafe(
            String suite, String organisation, int atOnce, int hourly, int longest) {
        DialDecision.Dial dial = Lines.carrier().suiteConfig(suite).bakeryConfig(organisation).dialled("0470123456");

        assertThat(dial.limits()).isEqualTo(new OutgoingLimits(
                OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(atOnce), OptionalInt.of(hourly), false));
        assertThat(dial.longestSeconds()).hasValue(longest);
    }

    @Test
    void whatIsNotUnderstoodStandsInTheTrace() {
        assertThat(Lines.carrier().bakeryConfig("{'calls_out':{'max_per_hour':'all'}}").dialled("0470123456").trace())
                .anySatisfy(step -> assertThat(step.detail())
                        .isEqualTo("calls_out.max_per_hour is no whole number from 0 to 1,000,000: the default 100 holds."));
    }

    @ParameterizedTest
    @CsvSource({"max_concurrent", "max_per_hour"})
    void noneAtAllIsNone(String field) {
        DialDecision.Refuse refusal = Lines.carrier().bakeryConfig("{'calls_out':{'" + field + "':0}}").refused("0470123456");

        assertThat(refusal.reason()).isEqualTo(RefusalReason.DESTINATION_FORBIDDEN);
        assertThat(refusal.detail()).contains("calls_out");
    }

    @Test
    void theTrunksLimitsAreAmongThem() {
        DialDecision.Dial dial = Lines.of("{'name':'t','gateways':[{'host':'h.example'}],'dialling':{'country':'BE'},"
                + "'max_concurrent_calls':30,'max_calls_per_second':5}").dialled("0470123456");

        assertThat(dial.limits().trunkConcurrency()).hasValue(30);
        assertThat(dial.limits().trunkPerSecond()).hasValue(5);
    }
}
