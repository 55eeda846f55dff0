package dev.trunkline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.NumbersFrom;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.WaitFor;
import dev.trunkline.events.WhenAgentLeaves;
import dev.trunkline.events.privacy.SealedTrunkUsers;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.router.routing.WebhookResult.Answered;
import dev.trunkline.router.routing.WebhookResult.Failed;
import dev.trunkline.router.routing.WebhookResult.Ignored;
import dev.trunkline.router.routing.WebhookResult.Instruction;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations that operators really have. */
class SituationsTest {
    private static final SealedTrunkUsers SEALS =
            new SealedTrunkUsers(new Sealer(new byte[32], new SecureRandom()));

    @Test
    void twoExtensionsOfOneOrganisationHaveDifferentGreetings() {
        Exchange exchange = Exchange.of("""
                organisations:
                  - name: bakery
                    config: {language: nl, voice: {name: Ann, speed: 1}}
                    agents:
                      - {name: orders, config: {greeting: "Orders", voice: {speed: 2}}}
                      - {name: support, config: {greeting: "Support"}}
                    numbers:
                      - {phone_number: "1001", agent_instance: orders}
                      - {phone_number: "1002", agent_instance: support, config_override: {voice: {name: Bob}}}
                trunks: [{name: pbx, country: BE}]
                rules: [{name: all, trunks: [pbx], type: individual, agents: [{name: assistant}]}]
                """);

        assertThat(route(exchange.call("pbx", "1001")).config().toString())
                .isEqualTo("{\"language\":\"nl\",\"voice\":{\"name\":\"Ann\",\"speed\":2},\"greeting\":\"Orders\"}");
        assertThat(route(exchange.call("pbx", "1002")).config().toString())
                .isEqualTo("{\"language\":\"nl\",\"voice\":{\"name\":\"Bob\",\"speed\":1},\"greeting\":\"Support\"}");
        assertThat(details(exchange.call("pbx", "1002"))).contains(
                "Suite, then organisation bakery (language, voice), then agent instance support (greeting), then number (voice).");
    }

    @Test
    void aNumbersLabelIsInItsConfigurationUnlessThatSaysAnother() {
        Exchange exchange = Exchange.of("""
                organisations:
                  - name: bakery
                    config: {label: Bakery}
                    numbers:
                      - {phone_number: "1001", label: Orders}
                      - {phone_number: "1002", label: Support, config_override: {label: Help desk}}
                      - {phone_number: "1003", label: Back door, config_override: {label: null}}
                      - {phone_number: "1004"}
                trunks: [{name: pbx, country: BE}]
                rules: [{name: all, trunks: [pbx], type: individual, agents: [{name: assistant}]}]
                """);

        assertThat(route(exchange.call("pbx", "1001")).config().toString()).isEqualTo("{\"label\":\"Orders\"}");
        assertThat(route(exchange.call("pbx", "1002")).config().toString()).isEqualTo("{\"label\":\"Help desk\"}");
        assertThat(route(exchange.call("pbx", "1003")).config().toString()).isEqualTo("{}");
        assertThat(route(exchange.call("pbx", "1004")).config().toString()).isEqualTo("{\"label\":\"Bakery\"}");
    }

    @Test
    void fiftyOrganisationsArriveOnOneYeastarTrunk() {
        String organisations = IntStream.range(0, 50)
                .mapToObj(i -> "  - {name: tenant%d, numbers: [{phone_number: '+4991874350%d'}]}".formatted(i, 300 + i))
                .collect(Collectors.joining("\n"));
        String rules = IntStream.range(0, 50)
                .mapToObj(i -> "  - {name: rule%d, trunks: [yeastar], organisation: tenant%d, type: callee, room_prefix: tenant%d}"
                        .formatted(i, i, i))
                .collect(Collectors.joining("\n"));
        Exchange exchange = Exchange.of("organisations:\n%s\ntrunks: [{name: yeastar, country: DE}]\nrules:\n%s"
                .formatted(organisations, rules));

        for (int i = 0; i < 50; i++) {
            for (String form : List.of("+499187435", "00499187435", "499187435", "09187435", "9187435")) {
                Decision.Route route = route(exchange.call("yeastar", form + "0" + (300 + i)));
                assertThat(route.organisation().name()).isEqualTo("tenant" + i);
                assertThat(route.rule().name()).isEqualTo("rule" + i);
                assertThat(route.room()).isEqualTo("tenant%d_+4991874350%d".formatted(i, 300 + i));
                // The trace contains nothing about the other tenants.
                assertThat(details(route)).noneMatch(text -> text.matches(".*rule%d\\b.*".formatted((i(route) + 1) % 50)));
            }
        }
        assertThat(Overlaps.find(exchange.directory(), rule -> true, 10).overlaps()).isEmpty();
    }

    private static int i(Decision.Route route) {
        return Integer.parseInt(route.organisation().name().substring("tenant".length()));
    }

    @Test
    void aHeaderNamesTheRoomOfAStoresNumber() {
        Exchange exchange = Exchange.of("""
                organisations: [{name: chain, numbers: [{phone_number: "+3225550100"}]}]
                trunks: [{name: pbx, country: BE}]
                rules:
                  - {name: store, trunks: [pbx], numbers: ["+3225550100"], type: named, header: X-Store, template: "store-{}", allowed_characters: "0-9"}
                  - {name: head-office, trunks: [pbx], type: direct, room_name: head-office}
                """);

        assertThat(route(exchange.call("pbx", "025550100", Exchange.CALLER, Map.of("x-store", "42"))).room())
                .isEqualTo("store-42");
        Decision without = exchange.call("pbx", "025550100");
        assertThat(route(without).room()).isEqualTo("head-office");
        assertThat(details(without)).contains("Rule store was skipped by its header: the call has no header X-Store.");
        Decision wrong = exchange.call("pbx", "025550100", Exchange.CALLER, Map.of("x-store", "42; rm"));
        assertThat(details(wrong)).contains(
                "Rule store was skipped by its header: the value of X-Store has characters other than 0-9.");
        assertThat(exchange.directory().trunk("pbx").orElseThrow().trunk().forEdge(exchange.directory().rules(), SEALS).headersToRoom())
                .containsExactly("X-Store");
    }

    @Test
    void aCallThatWasForwardedToTheTrunkGoesByTheNumberThatWasDialledFirst() {
        Exchange exchange = Exchange.ofResource("/routing/exchange.yaml");
        Call call = exchange.of(
                "german", "091874350303", Exchange.CALLER, Map.of(),
                Optional.of(new NumbersFrom("diversion", "p-asserted-identity")), Exchange.NOW);

        Decision decision = exchange.routing().decide(call, exchange.directory());

        assertThat(route(decision).room()).isEqualTo("lobby");
        assertThat(details(decision)).anySatisfy(text -> assertThat(text)
                .startsWith("091874350303 was dialled (in Diversion, so the call was forwarded to the trunk) and read as +4991874350303"));
        assertThat(details(decision)).contains("The caller was read in P-Asserted-Identity.");
    }

    @Test
    void theRequestUriNamesNoRoomWhereTheNumberWasReadElsewhere() {
        Exchange exchange = Exchange.ofResource("/routing/exchange.yaml");
        Call call = exchange.of(
                "german", "+4991874350306", Exchange.CALLER, Map.of(), Optional.of(new NumbersFrom("diversion", "from")),
                Exchange.NOW);

        assertThat(Exchange.outcome(exchange.routing().decide(call, exchange.directory()))).isEqualTo("refuse no-rule 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4991874350352", "91874350352", "004991874350352", "+4991874350352"})
    void theTraceShowsHowEveryFormBecameOneNumber(String dialled) {
        Decision decision = Exchange.ofResource("/routing/exchange.yaml").call("german", dialled);

        assertThat(route(decision).number()).isEqualTo("+4991874350352");
        assertThat(decision.trace().getFirst().step()).isEqualTo("normalised");
        assertThat(decision.trace().getFirst().detail()).startsWith(dialled + " was dialled").contains("DE");
        if (!dialled.startsWith("+")) {
            assertThat(decision.trace().getFirst().detail())
                    .startsWith(dialled + " was dialled and read as +4991874350352 by the number plan of DE: ");
        }
    }

    @Test
    void anExplanationOfACallThatNoRuleTakesNamesEachRuleAndItsField() {
        Exchange exchange = Exchange.of("""
                organisations: [{name: bakery, numbers: [{phone_number: "+3225550100"}]}, {name: cinema}]
                trunks: [{name: pbx, country: BE}, {name: carrier}]
                rules:
                  - {name: films, trunks: [pbx], organisation: cinema, type: callee}
                  - {name: counter, trunks: [pbx], numbers: ["+3225550101", "+32255502*"], type: callee}
                  - {name: vip, trunks: [pbx], inbound_numbers: ["+32470123456"], type: callee}
                  - {name: store, wildcard: true, type: named, header: X-Store}
                  - {name: far, trunks: [carrier], type: callee}
                """);

        Decision decision = exchange.explain("pbx", "025550100");

        assertThat(decision.trace()).filteredOn(step -> step.step().equals("rule-skipped")).extracting(TraceStep::detail)
                .containsExactly(
                        "Rule films was skipped by its organisation: it is for numbers of organisation cinema, and +3225550100 belongs to bakery.",
                        "Rule counter was skipped by its numbers (+3225550101, +32255502*): +3225550100 is not in it.",
                        "Rule vip was skipped by its inbound_numbers (one number): the caller is not in it.",
                        "Rule store was skipped by its header: the call has no header X-Store.",
                        "Rule far was skipped by its trunks (carrier): the call came in on pbx.");
        assertThat(decision.trace().toString()).doesNotContain(Exchange.CALLER).doesNotContain("470123456");
    }

    @Test
    void aPinIsAskedForInAnAnsweredCallAndStandsNowhere() {
        Decision decision = Exchange.ofResource("/routing/exchange.yaml").call("german", "+4991874350309");

        assertThat(route(decision).entry().pin()).contains("4711");
        assertThat(route(decision).answerPolicy()).isEqualTo(AnswerPolicy.IMMEDIATE);
        assertThat(decision.toString()).doesNotContain("4711");
    }

    @Test
    void whatATrunkMayNotBringIsToldByItsListAndATenantHearsNoneOfIt() {
        Exchange exchange = Exchange.of("""
                organisations: [{name: o, numbers: [{phone_number: "1000"}]}]
                trunks: [{name: pbx, numbers: ["+3225550100", "+4930*"]}]
                rules: [{name: r, trunks: [pbx], type: direct, room_name: a}]
                """);

        Decision.Refuse refused = (Decision.Refuse) exchange.call("pbx", "1000");
        Decision toTenant = exchange.routing().explainToTenant(
                exchange.of("pbx", "1000", Exchange.CALLER, Map.of()), exchange.directory());

        assertThat(refused.sentence()).isEqualTo("The trunk's own list of numbers does not include the called number.");
        assertThat(details(refused).getLast()).isEqualTo("1000 is not among the numbers of trunk pbx (+3225550100, +4930*), so the"
                + " trunk may not bring it: add it to the trunk's numbers, or leave them out for any number.");
        assertThat(details(toTenant).getLast()).startsWith("1000 is not among the numbers of trunk pbx, so")
                .doesNotContain("+3225550100");
    }

    @Test
    void whateverOnePbxDialsIsItsOrganisationsAndIsCountedApart() {
        Exchange exchange = Exchange.of("""
                organisations:
                  - {name: bakery, numbers: [{phone_number: "*@bakery-pbx"}, {phone_number: "/2../@bakery-pbx", active: false}]}
                  - {name: cinema, numbers: [{phone_number: "*@cinema-pbx"}, {phone_number: "+3225550100"}]}
                trunks: [{name: bakery-pbx}, {name: cinema-pbx}]
                rules: [{name: r, wildcard: true, type: direct, room_name: a}]
                """);

        assertThat(route(exchange.call("bakery-pbx", "1001")).organisation().name()).isEqualTo("bakery");
        assertThat(route(exchange.call("bakery-pbx", "1001")).number()).isEqualTo("1001@bakery-pbx");
        assertThat(route(exchange.call("cinema-pbx", "1001")).number()).isEqualTo("1001@cinema-pbx");
        assertThat(route(exchange.call("bakery-pbx", "+3225550100")).organisation().name()).isEqualTo("cinema");
        assertThat(Exchange.outcome(exchange.call("bakery-pbx", "200"))).isEqualTo("refuse number-inactive 480");
        assertThat(details(exchange.call("bakery-pbx", "1001"))).contains("1001 belongs to organisation bakery, by its *@bakery-pbx.");
    }

    @Test
    void aMergedConfigurationThatNoRoomTakesIsToldInTheTrace() {
        Exchange exchange = Exchange.of("""
                organisations: [{name: o, config: {a: "%1$s"}, numbers: [{phone_number: "1000", config_override: {b: "%1$s"}}, {phone_number: "1001"}]}]
                trunks: [{name: pbx}]
                rules: [{name: r, trunks: [pbx], type: direct, room_name: a}]
                """.formatted("x".repeat(40_000)));

        assertThat(details(exchange.call("pbx", "1000"))).anySatisfy(text -> assertThat(text)
                .startsWith("The merged configuration has 80,015 octets, and LiveKit accepts 59,000")
                .endsWith("The room may get none of it."));
        assertThat(exchange.call("pbx", "1001").trace()).noneMatch(step -> step.step().equals("config-too-long"));
    }

    @Test
    void aRefusalNamesWhatWasFoundBeforeIt() {
        Exchange exchange = Exchange.of("""
                organisations: [{name: o, numbers: [{phone_number: "1000"}, {phone_number: "20*"}, {phone_number: "1001", active: false}]}]
                trunks: [{name: pbx}]
                rules: [{name: closed, trunks: [pbx], numbers: ["2001"], type: schedule,
                         schedule: {time_zone: UTC, hours: {mon: ["09:00-10:00"]}, open: {type: callee}, else: {type: refuse, status: 480}}}]
                """);

        assertThat((Decision.Refuse) exchange.call("pbx", "1000")).satisfies(refuse -> {
            assertThat(refuse.number()).contains("1000");
            assertThat(refuse.rule()).isEmpty();
        });
        assertThat((Decision.Refuse) exchange.call("pbx", "1001")).satisfies(refuse -> assertThat(refuse.number()).contains("1001"));
        assertThat((Decision.Refuse) exchange.call("pbx", "2001")).satisfies(refuse -> {
            assertThat(refuse.number()).contains("2001");
            assertThat(refuse.rule().orElseThrow().name()).isEqualTo("closed");
        });
        assertThat((Decision.Refuse) exchange.call("pbx", "3000")).satisfies(refuse -> {
            assertThat(refuse.organisation()).isEmpty();
            assertThat(refuse.number()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "type: direct, room_name: a, when_agent_leaves: replace | REPLACE | If the agent leaves the caller, an agent is asked for within the patience, then the fallback is tried.",
        "type: direct, room_name: a, when_agent_leaves: hang_up | HANG_UP | If the agent leaves the caller, the call ends.",
        "type: direct, room_name: a, when_agent_leaves: stay    | STAY    | If the agent leaves the caller, the caller stays in the room and waits.",
        "type: desk, room_name: a, when_agent_leaves: replace   | REPLACE | If the last person leaves the caller, another person is asked for within the patience, then the fallback is tried.",
        "type: direct, room_name: a                             |         |",
    })
    void whatIsNextWhenTheAgentLeavesIsAsTheRuleSays(String rule, WhenAgentLeaves next, String told) {
        Exchange exchange = Exchange.of("""
                organisations: [{name: o, numbers: [{phone_number: "1000"}]}]
                trunks: [{name: pbx}]
                rules: [{name: r, trunks: [pbx], %s}]
                """.formatted(rule));

        Decision.Route route = route(exchange.call("pbx", "1000"));

        assertThat(route.whenAgentLeaves()).isEqualTo(Optional.ofNullable(next));
        assertThat(route.trace().stream().filter(step -> step.step().equals("when-agent-leaves")).map(TraceStep::detail).findFirst())
                .isEqualTo(Optional.ofNullable(told));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "type: direct, room_name: a, wait_for: listening | LISTENING | The caller is answered once the agent listens to the caller; publishing audio is not enough.",
        "type: direct, room_name: a, wait_for: published-or-listening | PUBLISHED_OR_LISTENING | The caller is answered once the agent has published audio or listens to the caller.",
        "type: desk, room_name: a, wait_for: listening   | LISTENING | The caller is answered once a person in the room listens to the caller; publishing audio is not enough.",
        "type: direct, room_name: a, wait_for: listening, pin: '4711' | LISTENING |",
        "type: direct, room_name: a                      |           |",
    })
    void whatIsWaitedForBeforeTheAnswerIsAsTheRuleSays(String rule, WaitFor what, String told) {
        Exchange exchange = Exchange.of("""
                organisations: [{name: o, numbers: [{phone_number: "1000"}]}]
                trunks: [{name: pbx}]
                rules: [{name: r, trunks: [pbx], %s}]
                """.formatted(rule));

        Decision.Route route = route(exchange.call("pbx", "1000"));

        assertThat(route.waitFor()).isEqualTo(Optional.ofNullable(what));
        assertThat(route.trace().stream().filter(step -> step.step().equals("wait-for")).map(TraceStep::detail).findFirst())
                .isEqualTo(Optional.ofNullable(told));
    }

    @Test
    void agentsWhoWaitAreSaidInTheRouteAndTakeSessionsOfTheirPool() {
        Exchange exchange = Exchange.of("""
                organisations: [{name: o, numbers: [{phone_number: "1000"}, {phone_number: "1001"}]}]
                trunks: [{name: pbx}]
                rules:
                  - {name: warm, trunks: [pbx], numbers: ["1000"], type: individual, agents: [{name: a}], warm: 2,
                     agent_pool: {name: p, sessions: 5}}
                  - {name: cold, trunks: [pbx], numbers: ["1001"], type: individual, agents: [{name: a}],
                     agent_pool: {name: p, sessions: 5}}
                """);

        Decision.Route warm = route(exchange.call("pbx", "1000"));
        Decision.Route cold = route(exchange.call("pbx", "1001"));

        assertThat(warm.warm()).isTrue();
        assertThat(warm.limits().agentPool().orElseThrow().sessions()).isEqualTo(3);
        assertThat(warm.trace()).extracting(TraceStep::step).contains("warm");
        assertThat(cold.warm()).isFalse();
        assertThat(cold.limits().agentPool().orElseThrow().sessions()).isEqualTo(5);
        assertThat(cold.trace()).extracting(TraceStep::step).doesNotContain("warm");
    }

    @Test
    void whatAWebhookSaysAndWhatIsNotFollowedStandsInTheTrace() {
        Exchange exchange = Exchange.ofResource("/routing/exchange.yaml");
        Question question = ((Decision.Ask) exchange.call("german", "+4991874350310")).question();

        Decision decision = exchange.routing().resume(question, new Answered(
                Instruction.Forward.to("sip:a@b.example"), "dial target sip", "r-7", 31,
                List.of(new Ignored("dial (second)", "only the first dial is followed"))));

        assertThat(details(decision)).contains(
                "https://acme.example/calls answered request r-7 in 31 ms; followed: dial target sip.",
                "NOT FOLLOWED: dial (second): only the first dial is followed.");
        // Resuming again with another answer is a separate decision: the first one left nothing behind.
        assertThat(details(exchange.routing().resume(question, new Failed("it answered 500", "r-8"))))
                .noneMatch(text -> text.contains("r-7"))
                .contains("https://acme.example/calls gave no usable answer to request r-8: it answered 500.");
    }

    @Test
    void aFallbackThatTakesTheCallCarriesTheRestOfTheChain() {
        Exchange exchange = Exchange.ofResource("/routing/exchange.yaml");
        Question question = ((Decision.Ask) exchange.call("german", "+4991874350310")).question();

        Decision.Route route = route(exchange.routing().resume(question, new Failed("it answered 500", "r-8")));

        assertThat(route.agents()).containsExactly(new Agent("night", ""));
        assertThat(route.patienceSeconds()).isEqualTo(9);
        assertThat(route.fallback()).containsExactly(new Fallback(FallbackKind.REFUSE, "480", "", 0));
        assertThat(details(route)).anyMatch(text -> text.startsWith("Fallback 1, announcement sorry, was skipped"));
    }

    @Test
    void aWebhookThatFailsWithoutFallbackIsRefused() {
        Exchange exchange = Exchange.of("""
                organisations: [{name: o, numbers: [{phone_number: "+3225550100"}, {phone_number: "+3225550101"}, {phone_number: "+3225550102"}, {phone_number: "+3225550103"}]}]
                trunks: [{name: pbx}]
                rules:
                  - {name: none, trunks: [pbx], numbers: ["+3225550100"], type: webhook, url: "https://o.example?key=1"}
                  - {name: only-sound, trunks: [pbx], numbers: ["+3225550101"], type: webhook, url: "https://o.example", fallback: [{announcement: sorry}]}
                  - {name: refusal, trunks: [pbx], numbers: ["+3225550102"], type: webhook, url: "https://o.example", fallback: [{refuse: 486}]}
                  - {name: helpdesk, trunks: [pbx], numbers: ["+3225550103"], type: webhook, url: "https://o.example", fallback: [{refer: "+3225550199"}]}
                """);

        assertThat(afterFailure(exchange, "+3225550100")).isEqualTo("refuse webhook-failed 503");
        assertThat(afterFailure(exchange, "+3225550101")).isEqualTo("refuse webhook-failed 503");
        assertThat(afterFailure(exchange, "+3225550102")).isEqualTo("refuse webhook-failed 486");
        assertThat(afterFailure(exchange, "+3225550103")).isEqualTo("redirect tel:+3225550199");
        assertThat(exchange.call("pbx", "+3225550100").trace().toString()).doesNotContain("key=1");
    }

    @Test
    void anAnonymousCallerIsToldSo() {
        Decision decision = Exchange.ofResource("/routing/exchange.yaml").call("german", "+4991874350317", "", Map.of());

        assertThat(details(decision)).contains(
                "The caller withheld the number: no rule's inbound_numbers fit, and calls are counted for all anonymous callers of trunk german together.",
                "Rule callers was skipped by its inbound_numbers (+49151* and one number): the caller withheld the number, so it cannot be in it.");
    }

    private static String afterFailure(Exchange exchange, String dialled) {
        Question question = ((Decision.Ask) exchange.call("pbx", dialled)).question();
        return Exchange.outcome(exchange.routing().resume(question, new Failed("no answer", "r-1")));
    }

    private static Decision.Route route(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Route.class);
        return (Decision.Route) decision;
    }

    private static List<String> details(Decision decision) {
        return decision.trace().stream().map(TraceStep::detail).toList();
    }
}
