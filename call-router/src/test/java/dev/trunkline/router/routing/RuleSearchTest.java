package dev.trunkline.router.routing;

import static dev.trunkline.router.routing.Town.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.TraceStep;
import dev.trunkline.router.routing.Town.RuleBuilder;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which of two fitting rules takes a call from +32470123456 to +3225550100. */
class RuleSearchTest {
    private static final String CALLER = "+32470123456";
    private static final String DIALLED = "+3225550100";

    static Stream<Arguments> precedence() {
        return Stream.of(
                Arguments.of("names the trunk", rule("winner"), rule("loser").wildcard()),
                Arguments.of("names the trunk, whatever the priority",
                        rule("winner"), rule("loser").wildcard().priority(9)),
                Arguments.of("names the trunk, however specific",
                        rule("winner"), rule("loser").wildcard().numbers(DIALLED)),
                Arguments.of("higher priority", rule("winner").priority(1), rule("loser")),
                Arguments.of("higher priority, however specific",
                        rule("winner").priority(1), rule("loser").numbers(DIALLED)),
                Arguments.of("not below zero", rule("winner"), rule("loser").priority(-1)),
                Arguments.of("numbers set", rule("winner").numbers("+32*"), rule("loser")),
                Arguments.of("inbound_numbers set", rule("winner").inboundNumbers("+32*"), rule("loser")),
                Arguments.of("organisation set", rule("winner").of("bakery-id"), rule("loser")),
                Arguments.of("both set", rule("winner").numbers("+32*").inboundNumbers("+32*"),
                        rule("loser").numbers(DIALLED)),
                Arguments.of("exact before beginning", rule("winner").numbers(DIALLED), rule("loser").numbers("+322555*")),
                Arguments.of("longer beginning", rule("winner").numbers("+322555*"), rule("loser").numbers("+322*")),
                Arguments.of("best of a list", rule("winner").numbers("+49*", DIALLED), rule("loser").numbers("+322555*")),
                Arguments.of("closer caller", rule("winner").inboundNumbers(CALLER), rule("loser").inboundNumbers("+32*")),
                Arguments.of("dialled before caller",
                        rule("winner").numbers(DIALLED), rule("loser").inboundNumbers(CALLER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("precedence")
    void theBetterRuleTakesTheCallWhicheverWasFirst(String why, RuleBuilder winner, RuleBuilder loser) {
        assertThat(taking(new Town().with(winner).with(loser))).isEqualTo("winner");
        assertThat(taking(new Town().with(loser).with(winner))).isEqualTo("winner");
    }

    @Test
    void ofTwoAlikeTheOlderTakesTheCall() {
        assertThat(taking(new Town().with(rule("older")).with(rule("younger")))).isEqualTo("older");
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of(rule("r").numbers("+3225550101"), "numbers (+3225550101)", "+3225550100 is not in it"),
                Arguments.of(rule("r").numbers("+31*"), "numbers (+31*)", "+3225550100 is not in it"),
                Arguments.of(rule("r").inboundNumbers("+31*"), "inbound_numbers (+31*)", "the caller is not in it"),
                Arguments.of(rule("r").inboundNumbers("+31612345678"), "inbound_numbers (one number)",
                        "the caller is not in it"),
                Arguments.of(rule("r").inboundNumbers("+31612345678", "+31612345679", "+44*"),
                        "inbound_numbers (+44* and 2 numbers)", "the caller is not in it"),
                Arguments.of(rule("r").ofTrunk("other-id"), "trunks (other)", "the call came in on pbx"),
                Arguments.of(rule("r").of("cinema-id"), "organisation",
                        "it is for numbers of organisation cinema, and +3225550100 belongs to bakery"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void saysWhichFieldSkippedARule(RuleBuilder misfit, String field, String why) {
        assertThat(explained(new Town().with(misfit)).trace())
                .contains(new TraceStep("rule-skipped", "Rule r was skipped by its %s: %s.".formatted(field, why)));
    }

    @Test
    void aRuleOfAnotherTrunkIsNoneOfThisOne() {
        Decision decision = new Town().with(rule("elsewhere").ofTrunk("other-id")).call(DIALLED, CALLER);

        assertThat(decision).isInstanceOf(Decision.Refuse.class);
        assertThat(decision.trace()).extracting(TraceStep::step).doesNotContain("rule-skipped");
    }

    @Test
    void saysWhyAnotherRuleThatFitsIsOutranked() {
        Town town = new Town().with(rule("first").priority(2)).with(rule("second").priority(1)).with(rule("any").wildcard());

        assertThat(town.call(DIALLED, CALLER).trace())
                .contains(new TraceStep(
                        "rule-outranked", "Rule second fits too, but first has priority 2 and it has 1."))
                .contains(new TraceStep(
                        "rule-outranked", "Rule any fits too, but first names the trunk and it does not."));
    }

    @Test
    void theTraceOfACallNamesTheFirstRulesAndAnExplanationAll() {
        Town town = new Town();
        IntStream.range(0, 300).forEach(i -> town.with(rule("rule" + i).numbers("+49" + (30_000_000 + i))));

        List<TraceStep> brief = town.call(DIALLED, CALLER).trace();
        List<TraceStep> full = explained(town).trace();

        assertThat(brief).filteredOn(step -> step.step().equals("rule-skipped")).hasSize(26);
        assertThat(brief).extracting(TraceStep::detail).anyMatch(text -> text.startsWith("275 further rules were skipped too"));
        assertThat(full).filteredOn(step -> step.step().equals("rule-skipped")).hasSize(300);
    }

    @Test
    void namesRulesOfOtherOrganisationsOnlyToTheOperator() {
        Town town = new Town().with(rule("theirs").of("cinema-id")).with(rule("far").of("cinema-id").ofTrunk("other-id"));
        Call call = town.of(DIALLED, CALLER);

        assertThat(details(town.call(DIALLED, CALLER)))
                .contains("1 rule was skipped as only for numbers of other organisations.")
                .noneMatch(text -> text.contains("theirs"));
        assertThat(details(town.routing().explainToTenant(call, town.directory())))
                .contains("2 rules were skipped as only for numbers of other organisations.")
                .noneMatch(text -> text.contains("theirs") || text.contains("far"));
        assertThat(details(explained(town))).anyMatch(text -> text.contains("Rule theirs was skipped"));
    }

    private static List<String> details(Decision decision) {
        return decision.trace().stream().map(TraceStep::detail).toList();
    }

    private static Decision explained(Town town) {
        return town.routing().explain(town.of(DIALLED, CALLER), town.directory());
    }

    private static String taking(Town town) {
        return ((Decision.Route) town.call(DIALLED, CALLER)).rule().name();
    }
}
