package dev.trunkline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.router.dialling.Dialler;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.routing.RuleRemarks.Remark;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardRemarksTest {
    private static final String TRUNKS = """
            outbound_trunks:
              - {name: carrier, gateways: [{host: sip.carrier.example}], dialling: {country: BE}}
              - {name: desks, gateways: [{host: pbx.example}], dialling: {form: as-dialled}}""";

    private static List<Remark> remarks(String outbound, String rule) {
        Directory directory = Exchange.of("""
                organisations: [{name: o, numbers: [{phone_number: "+3225550100"}]}, {name: other, numbers: []}]
                trunks: [{name: pbx}]
                %s
                rules: [{name: sales, trunks: [pbx], organisation: o, %s}]
                """.formatted(outbound, rule)).directory();
        return ForwardRemarks.of(directory, directory.rules().getFirst(), new Dialler(JsonNodeFactory.instance.objectNode()));
    }

    @Test
    void aSipUriThatNoTrunkLeadsToIsARedirectionAndSaysWhatToWrite() {
        assertThat(remarks(TRUNKS, "type: forward, forward_to: 'sip:anna@elsewhere.example'")).singleElement().satisfies(remark -> {
            assertThat(remark.field()).isEqualTo("forward_to");
            assertThat(remark.text()).contains("elsewhere.example", "302", "Add an outbound trunk", "redirect_to");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            type: forward, forward_to: '+3290012345'                                  | forward_to          | premium rate
            type: forward, forward_to: ['+3225550199', ['+3225550198', '+33612345678']] | forward_to[1][1]  | FR
            type: forward, forward_to: {to: '1000', trunk: carrier}                   | forward_to          | extension
            type: schedule, schedule: {time_zone: UTC, hours: {mon: ['09:00-10:00']}, open: {type: callee}, else: {type: forward, forward_to: '+3290012345'}} | schedule.else.forward_to | premium rate
            type: callee, fallback: [{agent: a}, {forward: '+3290012345'}]            | fallback[1].forward | premium rate
            type: callee, fallback: [{forward: 'sip:anna@elsewhere.example'}]         | fallback[0].forward | neither a gateway
            """)
    void whereNobodyMayCallIsSaidWithTheFieldAndTheReason(String rule, String field, String why) {
        assertThat(remarks(TRUNKS, rule)).singleElement().satisfies(remark -> {
            assertThat(remark.field()).isEqualTo(field);
            assertThat(remark.text()).contains("organisation o", why);
        });
    }

    @Test
    void aForwardThatGoesOutAndARedirectionSayNothing() {
        assertThat(remarks(TRUNKS, "type: forward, forward_to: ['+3225550199', [{to: '1000', trunk: desks}, 'sip:anna@pbx.example']]")).isEmpty();
        assertThat(remarks("", "type: redirect, redirect_to: 'sip:anna@pbx.example'")).isEmpty();
        assertThat(remarks(TRUNKS, "type: callee, fallback: [{forward: '+3225550199', trunk: carrier}]")).isEmpty();
    }

    @Test
    void aNumberWithoutAnyTrunkIsNotCalled() {
        assertThat(remarks("", "type: forward, forward_to: '+3225550199'")).singleElement()
                .satisfies(remark -> assertThat(remark.text()).contains("has an outbound trunk"));
    }

    @Test
    void theFallbackOfAForwardIsNotComeTo() {
        assertThat(remarks(TRUNKS, "type: forward, forward_to: '+3225550199', fallback: [{agent: a}]")).singleElement()
                .satisfies(remark -> assertThat(remark.field()).isEqualTo("fallback"));
    }
}
