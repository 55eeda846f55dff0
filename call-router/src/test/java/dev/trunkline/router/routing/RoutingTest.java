package dev.trunkline.router.routing;

import static dev.trunkline.router.routing.Town.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.Agent;
import dev.trunkline.events.Limits;
import dev.trunkline.events.MediaFrom;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.RoomChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {
    private static final String CALLER = "+32470123456";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+3225550100", "003225550100", "3225550100", "025550100", "02 555 01 00", "+32 2 555 01 00",
                "tel:+32-2-555-01-00", "+3225550100;phone-context=x", "+32(2)555.01.00"
            })
    void everyWayToWriteANumberMeetsAtOneNumber(String dialled) {
        assertThat(new Town().with(rule("all")).call(dialled, CALLER))
                .isInstanceOfSatisfying(Decision.Route.class, route -> {
                    assertThat(route.number()).isEqualTo("+3225550100");
                    assertThat(route.organisation().name()).isEqualTo("bakery");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "+3225559999, NUMBER_UNKNOWN, number-unknown",
        "1000,        NUMBER_UNKNOWN, number-unknown",
        "+3225550299, NUMBER_INACTIVE, number-inactive",
        "+3225550100, NO_RULE, no-rule",
    })
    void refusesWithItsReason(String dialled, RefusalReason reason, String lastStep) {
        Decision decision = new Town().call(dialled, CALLER);

        assertRefused(decision, reason);
        assertThat(decision.trace().getLast().step()).isEqualTo(lastStep);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "+", "%00", "\u0007", "sip:", "+32255501 "})
    void whatIsTooLongForANumberIsRefusedWithoutBeingRepeated(String part) {
        String dialled = part.repeat(3_000);
        Decision decision = new Town().with(rule("all")).call(dialled, CALLER);

        assertRefused(decision, RefusalReason.NUMBER_UNKNOWN);
        assertThat(decision.trace()).hasSize(1);
        assertThat(decision.trace().getFirst().detail()).contains("characters, and no number has more than 128")
                .hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 3_000, 65_000})
    void aCallerWithANumberThatIsNoneHarmsNothing(int digits) {
        Town town = new Town().with(rule("all"));
        assertThat(town.call("+3225550100", "7".repeat(digits))).isInstanceOf(Decision.Route.class);
        assertThat(town.call("+3225550100", "\u0000\u001b".repeat(digits)).trace().toString()).hasSizeLessThan(3_000);
    }

    @Test
    void knowsWhoseNumberItRefuses() {
        assertThat(new Town().call("+3225550299", CALLER))
                .isInstanceOfSatisfying(Decision.Refuse.class, refuse ->
                        assertThat(refuse.organisation()).map(o -> o.name()).contains("cinema"));
        assertThat(new Town().call("+3225559999", CALLER))
                .isInstanceOfSatisfying(Decision.Refuse.class, refuse ->
                        assertThat(refuse.organisation()).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(MediaFrom.class)
    void theTrunkSaysFromWhereItsMediaMayCome(MediaFrom mediaFrom) {
        assertThat(new Town().mediaFrom(mediaFrom).with(rule("all")).call("+3225550100", CALLER))
                .isInstanceOfSatisfying(Decision.Route.class, route -> assertThat(route.mediaFrom()).isEqualTo(mediaFrom));
    }

    @Test
    void whatCameFromLiveKitHasItsIdsForTheRoom() {
        Town town = new Town().with(rule("all"));
        Call call = town.of("+3225550100", CALLER);
        String rule = town.directory().rules().getFirst().id();
        var known = town.directory().withLiveKitIds(Map.of(rule, "SDR_1", call.trunk().id(), "ST_1"));

        assertThat(town.routing().decide(call, known)).isInstanceOfSatisfying(Decision.Route.class, route ->
                assertThat(route.participant()).hasValueSatisfying(settings -> {
                    assertThat(settings.sipRuleId()).contains("SDR_1");
                    assertThat(settings.sipTrunkId()).contains("ST_1");
                }));
        assertThat(town.routing().decide(call, town.directory())).isInstanceOfSatisfying(Decision.Route.class, route ->
                assertThat(route.participant()).isEmpty());
    }

    @Test
    void attributesBecomeTheHeadersThatTheTrunkSays() {
        Map<String, String> headers = Map.of("outcome", "X-Outcome");
        assertThat(new Town().attributesToHeaders(headers).with(rule("all")).call("+3225550100", CALLER))
                .isInstanceOfSatisfying(Decision.Route.class, route ->
                        assertThat(route.participant().orElseThrow().attributesToHeaders()).contains(headers));
    }

    @Test
    void aTrunkThatIsGoneHasNoRule() {
        Town town = new Town().with(rule("all").wildcard());
        Call known = town.of("+3225550100", CALLER);
        Call call = new Call(
                known.id(), new TrunkRef("gone", "gone"), known.calledAsReceived(), known.called(), known.caller(),
                known.callerNumber(), known.headers(), known.numbersFrom(), known.receivedAt());

        assertRefused(town.routing().decide(call, town.directory()), RefusalReason.NO_RULE);
    }

    @ParameterizedTest
    @CsvSource({
        "+3225550100, +3225550100, true",
        "+322555*,    +3225550100, true",
        "025550101,   +3225550101, true",
        "+3225550101, +3225550100, false",
    })
    void aTrunkBringsOnlyItsNumbers(String trunkNumber, String dialled, boolean routed) {
        Decision decision = new Town().trunkNumbers(trunkNumber).with(rule("all")).call(dialled, CALLER);

        if (routed) {
            assertThat(decision).isInstanceOf(Decision.Route.class);
        } else {
            assertRefused(decision, RefusalReason.NUMBER_UNKNOWN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "+32470123456, +32470123456, true",
        "0470123456,   +32470123456, true",
        "32470123456,  0470 12 34 56, true",
        "+32470*,      0470123456,   true",
        "+32470*,      +32471123456, false",
        "+31*,         +32470123456, false",
        "+32470*,      '',           false",
    })
    void allowsTheTrunksAndTheRulesCallersHoweverTheyAreWritten(String pattern, String caller, boolean allowed) {
        Decision byTrunk = new Town().allowedNumbers(pattern).with(rule("all")).call("+3225550100", caller);
        Decision byRule = new Town().with(rule("some").inboundNumbers(pattern)).call("+3225550100", caller);

        for (Decision decision : List.of(byTrunk, byRule)) {
            if (allowed) {
                assertThat(decision).isInstanceOf(Decision.Route.class);
            } else {
                assertRefused(decision, RefusalReason.CALLER_NOT_ALLOWED);
            }
        }
    }

    @Test
    void aRuleForOtherCallersAndOneForOtherNumbersBarTheCallerOnlyByTheFirst() {
        Town barred = new Town().with(rule("vip").inboundNumbers("+31*")).with(rule("else").numbers("+3225550101"));
        Town unruled = new Town().with(rule("vip").inboundNumbers("+31*").numbers("+3225550101"));

        assertRefused(barred.call("+3225550100", CALLER), RefusalReason.CALLER_NOT_ALLOWED);
        assertRefused(unruled.call("+3225550100", CALLER), RefusalReason.NO_RULE);
    }

    @ParameterizedTest
    @CsvSource({
        "INDIVIDUAL, call_01234567_random",
        "CALLEE,     call_+3225550100",
        "DIRECT,     lobby",
    })
    void namesTheRoom(String type, String room) {
        RoomChoice choice = RoomChoice.of(type.toLowerCase(), type.equals("DIRECT") ? "lobby" : "call");

        assertThat(new Town().with(rule("all").room(choice)).call("+3225550100", CALLER))
                .isInstanceOfSatisfying(Decision.Route.class, route -> assertThat(route.room()).isEqualTo(room));
    }

    @Test
    void laysTheConfigurationOfTheNumberOverTheOrganisationsOverTheSuites() {
        Town town = new Town()
                .suiteConfig("{'language':'en','voice':{'name':'Bob','speed':1},'record':false}")
                .counter("{'voice':{'speed':2},'greeting':'Hallo'}", 1, Optional.empty())
                .with(rule("all"));

        assertThat(town.call("+3225550100", CALLER)).isInstanceOfSatisfying(Decision.Route.class, route ->
                assertThat(route.config()).isEqualTo(Town.json(
                        "{'language':'nl','voice':{'name':'Ann','speed':2},'record':false,'greeting':'Hallo'}")));
    }

    @Test
    void theNumbersOwnCallerRateCountsAloneAndOthersOverTheOrganisation() {
        Optional<CallRate> five = Optional.of(new CallRate(5, 60));
        Optional<CallRate> seven = Optional.of(new CallRate(7, 120));
        Town suite = new Town().with(rule("all"));
        Town organisation = new Town().bakeryLimits(OptionalInt.of(20), seven).with(rule("all"));
        Town number = new Town()
                .bakeryLimits(OptionalInt.empty(), seven)
                .counter("{}", 3, five)
                .with(rule("all"));

        assertThat(limits(suite)).isEqualTo(new Limits(
                new Limits.CallerRate(10, 3600, RateScope.ORGANISATION), OptionalInt.of(1), OptionalInt.empty()));
        assertThat(limits(organisation)).isEqualTo(new Limits(
                new Limits.CallerRate(7, 120, RateScope.ORGANISATION), OptionalInt.of(1), OptionalInt.of(20)));
        assertThat(limits(number)).isEqualTo(new Limits(
                new Limits.CallerRate(5, 60, RateScope.NUMBER), OptionalInt.of(3), OptionalInt.empty()));
    }

    private static Limits limits(Town town) {
        return ((Decision.Route) town.call("+3225550100", CALLER)).limits();
    }

    @Test
    void theRulesMetadataIsForAgentsWithoutTheirOwn() {
        Town town = new Town().with(rule("all")
                .metadata("of the rule")
                .agents(new Agent("first", ""), new Agent("second", "of the agent")));

        assertThat(town.call("+3225550100", CALLER)).isInstanceOfSatisfying(Decision.Route.class, route ->
                assertThat(route.agents())
                        .containsExactly(new Agent("first", "of the rule"), new Agent("second", "of the agent")));
    }

    @Test
    void theTraceNeverHoldsTheCaller() {
        List<Decision> decisions = List.of(
                new Town().with(rule("all")).call("+3225550100", CALLER),
                new Town().allowedNumbers("+31*").call("+3225550100", CALLER),
                new Town().with(rule("vip").inboundNumbers("+31*")).call("+3225550100", CALLER),
                new Town().with(rule("vip").inboundNumbers(CALLER)).call("+3225550100", CALLER));

        assertThat(decisions).allSatisfy(decision -> assertThat(decision.toString()).doesNotContain("470123456"));
    }

    @Test
    void theTraceTellsTheStepsInOrder() {
        Town town = new Town()
                .with(rule("night").numbers("+3225550101"))
                .with(rule("day"));

        assertThat(town.call("025550100", CALLER).trace())
                .extracting(TraceStep::step)
                .containsExactly(
                        "normalised", "trunk", "number-matched", "rule-skipped", "rule-matched", "config-merged",
                        "room", "limits");
        assertThat(town.call("025550100", CALLER).trace())
                .extracting(TraceStep::detail)
                .contains(
                        "025550100 was dialled and read as +3225550100 by the number plan of BE: national prefix 0 removed, national number of BE.",
                        "Rule night was skipped by its numbers (+3225550101): +3225550100 is not in it.",
                        "Rule day takes the call.");
    }

    private static void assertRefused(Decision decision, RefusalReason reason) {
        assertThat(decision).isInstanceOfSatisfying(Decision.Refuse.class, refuse ->
                assertThat(refuse.reason()).isEqualTo(reason));
    }
}
