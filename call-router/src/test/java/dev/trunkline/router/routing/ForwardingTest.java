package dev.trunkline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.WhenAgentLeaves;
import dev.trunkline.router.routing.WebhookResult.Answered;
import dev.trunkline.router.routing.WebhookResult.Failed;
import dev.trunkline.router.routing.WebhookResult.Instruction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Calls that are forwarded by rules, webhooks and fallbacks. */
class ForwardingTest {
    private static final String CARRIER = "outbound_trunks: [{name: carrier, gateways: [{host: pbx.example}], dialling: {country: BE}}]";

    /** Returns a directory whose number +3225550100 has this rule. */
    private static Exchange exchange(String outbound, String rule) {
        return Exchange.of("""
                organisations: [{name: o, numbers: [{phone_number: "+3225550100"}]}, {name: other, numbers: []}]
                trunks: [{name: pbx}]
                %s
                rules: [{name: sales, trunks: [pbx], %s}]
                """.formatted(outbound, rule));
    }

    private static Decision called(String outbound, String rule) {
        return exchange(outbound, rule).call("pbx", "+3225550100");
    }

    private static String afterFailure(String outbound, String fallback) {
        Exchange exchange = exchange(outbound, "type: webhook, url: 'https://o.example', fallback: " + fallback);
        Question question = ((Decision.Ask) exchange.call("pbx", "+3225550100")).question();
        return Exchange.outcome(exchange.routing().resume(question, new Failed("no answer", "r-1")));
    }

    @Test
    void aRuleRingsInRoundsInARoomOfTheCallsOwn() {
        var route = (Decision.Route) called(CARRIER, """
                type: forward, metadata: m, patience_seconds: 7,
                forward_to: [["+3225550199", {to: "1000", trunk: carrier, ring_seconds: 25}], "sip:anna@pbx.example"]""");

        assertThat(Exchange.outcome(route)).isEqualTo("rings +3225550199 and 1000 by carrier for 25 s, then sip:anna@pbx.example for 20 s");
        assertThat(route.room()).isEqualTo("call_01234567_random");
        assertThat(route.agents()).isEmpty();
        assertThat(route.answerPolicy()).isEqualTo(AnswerPolicy.ON_AGENT);
        assertThat(route.patienceSeconds()).as("as long as they ring").isEqualTo(45);
        assertThat(route.fallback()).isEmpty();
        assertThat(route.whenAgentLeaves()).contains(WhenAgentLeaves.STAY);
        assertThat(route.limits().numberConcurrency()).hasValue(1);
        assertThat(route.trace()).extracting(TraceStep::detail).contains(
                "Rule sales forwards its calls. The caller is answered when one of them answers.",
                "Round 1: +3225550199, 1000 by trunk carrier ring simultaneously for up to 25 s.",
                "Round 2: sip:anna@pbx.example rings for up to 20 s.");
    }

    @Test
    void aRuleThatAnswersAtOnceSaysSo() {
        assertThat(Exchange.outcome(called(CARRIER, "type: forward, forward_to: '+3225550199', answer_policy: immediate")))
                .isEqualTo("rings +3225550199 for 20 s, immediate");
    }

    @Test
    void aPinOfAScheduleIsAskedForInTheCall() {
        var route = (Decision.Route) called(CARRIER, """
                pin: "4711", type: schedule, schedule: {time_zone: Europe/Berlin, hours: {tue: ["09:00-17:00"]}, open: {type: callee},
                  else: {type: forward, forward_to: "+3225550199"}}""");

        assertThat(route.answerPolicy()).isEqualTo(AnswerPolicy.IMMEDIATE);
        assertThat(route.entry().pin()).contains("4711");
    }

    @Test
    void aSipUriThatNoTrunkLeadsToIsARedirectionAsBefore() {
        Decision decision = called(CARRIER, "type: forward, forward_to: 'sip:anna@elsewhere.example'");

        assertThat(Exchange.outcome(decision)).isEqualTo("redirect sip:anna@elsewhere.example");
        assertThat(decision.trace()).contains(new TraceStep("no-outbound-trunk",
                "No outbound trunk that organisation o may use has elsewhere.example as a gateway or as its from_domain."));
    }

    @Test
    void aTelUriIsCalledWhereThereIsATrunkAndElseARedirection() {
        assertThat(Exchange.outcome(called(CARRIER, "type: forward, forward_to: 'tel:+3225550199'"))).isEqualTo("rings tel:+3225550199 for 20 s");
        assertThat(Exchange.outcome(called("", "type: forward, forward_to: 'tel:+3225550199'"))).isEqualTo("redirect tel:+3225550199");
    }

    @Test
    void aTrunkOfAnotherOrganisationIsNone() {
        String others = CARRIER.replace("name: carrier,", "name: carrier, organisation: other,");

        assertThat(Exchange.outcome(called(others, "type: forward, forward_to: 'sip:anna@pbx.example'")))
                .isEqualTo("redirect sip:anna@pbx.example");
    }

    @Test
    void theDomainOfATrunkIsAsGoodAsItsGateway() {
        String carrier = CARRIER.replace("dialling:", "caller_id: {from_domain: carrier.example}, dialling:");

        assertThat(Exchange.outcome(called(carrier, "type: forward, forward_to: 'sip:+3225550199@carrier.EXAMPLE;user=phone'")))
                .startsWith("rings ");
    }

    @Test
    void whoNamesATrunkOrANumberWantsACallOut() {
        assertThat(Exchange.outcome(called("", "type: forward, forward_to: {to: 'sip:anna@pbx.example', trunk: gone}"))).startsWith("rings ");
        assertThat(Exchange.outcome(called("", "type: forward, forward_to: '+3225550199'"))).startsWith("rings ");
    }

    @Test
    void aRedirectIsOneWhateverTrunksThereAre() {
        assertThat(Exchange.outcome(called(CARRIER, "type: redirect, redirect_to: 'sip:anna@pbx.example'")))
                .isEqualTo("redirect sip:anna@pbx.example");
    }

    @Test
    void aScheduleForwards() {
        assertThat(Exchange.outcome(called(CARRIER, """
                type: schedule, schedule: {time_zone: Europe/Berlin, hours: {tue: ["09:00-17:00"]}, open: {type: callee},
                  else: {type: forward, forward_to: "+3225550199"}}"""))).isEqualTo("rings +3225550199 for 20 s");
    }

    @Test
    void aWebhookForwardsAsItsRuleAnswersUnlessItSaysOtherwise() {
        Exchange exchange = exchange(CARRIER, "type: webhook, url: 'https://o.example'");
        Question question = ((Decision.Ask) exchange.call("pbx", "+3225550100")).question();
        var asRule = Instruction.Forward.to("+3225550199");
        var atOnce = new Instruction.Forward(asRule.plan(), Optional.of(AnswerPolicy.IMMEDIATE));

        assertThat(Exchange.outcome(exchange.routing().resume(question, new Answered(asRule, "dial", "r", 1, List.of()))))
                .isEqualTo("rings +3225550199 for 20 s");
        assertThat(Exchange.outcome(exchange.routing().resume(question, new Answered(atOnce, "dial", "r", 1, List.of()))))
                .isEqualTo("rings +3225550199 for 20 s, immediate");
    }

    @Test
    void theForwardsOfAFallbackAreRounds() {
        assertThat(afterFailure(CARRIER, """
                [{announcement: sorry}, {forward: "+3225550199", trunk: carrier, patience_seconds: 9}, {forward: "sip:a@pbx.example"},
                 {refuse: 480}]""")).isEqualTo("rings +3225550199 by carrier for 9 s, then sip:a@pbx.example for 20 s");
    }

    @Test
    void aForwardOfAFallbackWithoutATrunkIsARedirectionAsBefore() {
        assertThat(afterFailure("", "[{forward: 'sip:a@pbx.example'}]")).isEqualTo("redirect sip:a@pbx.example");
    }
}
