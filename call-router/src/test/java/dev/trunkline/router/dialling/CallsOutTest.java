package dev.trunkline.router.dialling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.OutgoingLimits;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.destinations.Redirects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many outbound calls an organisation may make. */
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
                        .isEqualTo("calls_out.max_per_hour is not a whole number from 0 to 1,000,000: the default 100 applies."));
    }

    @ParameterizedTest
    @CsvSource({"max_concurrent", "max_per_hour"})
    void noneAtAllIsNone(String field) {
        DialDecision.Refuse refusal = Lines.carrier().bakeryConfig("{'calls_out':{'" + field + "':0}}").refused("0470123456");

        assertThat(refusal.reason()).isEqualTo(RefusalReason.DESTINATION_FORBIDDEN);
        assertThat(refusal.detail()).contains("calls_out");
    }

    private static DialDecision byPhone(String byPhones, String to) {
        return byPhone(byPhones, to, "{'country':'BE','form':'as-dialled'}");
    }

    private static DialDecision byPhone(String byPhones, String to, String dialling) {
        return Lines.of("{'name':'pbx','gateways':[{'host':'pbx.example'}],'dialling':" + dialling + "}")
                .with(Lines.CARRIER, Lines.BAKERY)
                .bakeryConfig(byPhones.isEmpty() ? "{}" : "{'calls_out':{'by_phones':'" + byPhones + "'}}")
                .decide(new DialRequest(Lines.BAKERY, to, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("pbx-id")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "                     | 201               | true",
        "                     | sip:anna@pbx.example | true",
        "                     | 0470123456        | false",
        "extensions | 0470123456    | false",
        "all    | 0470123456        | true",
        "all    | +33612345678      | false",
        "all    | 0900 12345        | false",
        "none   | 201               | false",
        "whom   | 0470123456        | false",
        "none   | 112               | true",
    })
    void aPhoneCallsByItsOwnPbxWhatTheOrganisationLetsPhonesCall(String byPhones, String to, boolean allowed) {
        DialDecision decision = byPhone(byPhones == null ? "" : byPhones, to);

        assertThat(decision instanceof DialDecision.Dial dial && (dial.emergency() || dial.trunk().name().equals("pbx"))).isEqualTo(allowed);
    }

    @Test
    void theOtherSideMaySendACallElsewhereWhereTheTrunkSaysSoAndAPhonesNoFartherThanItsRefer() {
        String follows = "{'country':'BE','form':'as-dialled','follow_redirects':true}";
        Lines lines = Lines.of("{'name':'pbx','gateways':[{'host':'pbx.example'}],'dialling':" + follows + "}");
        assertThat(lines.dialled("201").redirects()).contains(Redirects.ALL);
        assertThat(lines.dialled("112").redirects()).as("of an emergency call").isEmpty();
        assertThat(Lines.carrier().dialled("0470123456").redirects()).isEmpty();
        assertThat(((DialDecision.Dial) byPhone("extensions", "201", follows)).redirects()).contains(Redirects.EXTENSIONS);
        assertThat(((DialDecision.Dial) byPhone("all", "201", follows)).redirects()).contains(Redirects.ALL);
    }

    @Test
    void theTrunksLimitsAreAmongThem() {
        DialDecision.Dial dial = Lines.of("{'name':'t','gateways':[{'host':'h.example'}],'dialling':{'country':'BE'},"
                + "'max_concurrent_calls':30,'max_calls_per_second':5}").dialled("0470123456");

        assertThat(dial.limits().trunkConcurrency()).hasValue(30);
        assertThat(dial.limits().trunkPerSecond()).hasValue(5);
    }
}
