package dev.trunkline.router.livekit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.livekit.LiveKitRule.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleOrderTest {
    private final Remarks remarks = new Remarks();

    @ParameterizedTest
    @CsvSource({
        "DIRECT, 1, 1, 1, 0", "INDIVIDUAL, 1, 1, 1, 1", "CALLEE, 1, 1, 1, 2",
        "DIRECT, '', 1, 1, 100", "INDIVIDUAL, '', 1, 1, 101", "CALLEE, '', 1, 1, 102",
        "DIRECT, '', '', 1, 1100", "DIRECT, '', 1, '', 1100", "CALLEE, '', '', '', 2102", "DIRECT, 1, '', '', 2000"
    })
    void rankIsLiveKits(Kind kind, String pin, String number, String caller, int rank) {
        assertThat(RuleOrder.rank(rule("a", kind, pin, "t", number, caller))).isEqualTo(rank);
    }

    @Test
    void rulesThatMeetNoCommonCallNeedNone() {
        assertThat(priorities(
                        rule("a", Kind.CALLEE, "", "t", "+321", ""),
                        rule("b", Kind.DIRECT, "", "t", "+322", ""),
                        rule("c", Kind.DIRECT, "", "other", "+321", ""),
                        rule("d", Kind.DIRECT, "1", "", "", "")))
                .isEmpty();
    }

    @Test
    void theMoreSpecificGoesFirstInBothWorlds() {
        assertThat(priorities(
                        rule("all", Kind.DIRECT, "", "t", "", ""),
                        rule("one", Kind.CALLEE, "", "t", "+321", ""),
                        rule("both", Kind.CALLEE, "", "t", "+321", "+324")))
                .isEmpty();
    }

    @Test
    void aPinGoesFirst() {
        LiveKitRule open = rule("open", Kind.DIRECT, "", "t", "", "");
        LiveKitRule closed = rule("closed", Kind.CALLEE, "77", "t", "", "");
        assertThat(priorities(open, closed)).isEqualTo(Map.of(closed, -2002, open, -2100));
        assertThat(remarks.warnings()).singleElement().extracting(Fault::problem).asString()
                .endsWith("closed (-2002), open (-2100)");
    }

    @Test
    void directGoesBeforeIndividualBeforeCallee() {
        LiveKitRule callee = rule("callee", Kind.CALLEE, "", "", "", "");
        LiveKitRule individual = rule("individual", Kind.INDIVIDUAL, "", "", "", "");
        LiveKitRule direct = rule("direct", Kind.DIRECT, "", "", "", "");
        assertThat(priorities(callee, individual, direct))
                .isEqualTo(Map.of(direct, -2100, individual, -2101, callee, -2102));
    }

    @Test
    void whoMeetsARuleWithAPriorityGetsOneToo() {
        LiveKitRule open = rule("open", Kind.DIRECT, "", "t", "", "");
        LiveKitRule closed = rule("closed", Kind.CALLEE, "77", "t", "", "");
        LiveKitRule exact = rule("exact", Kind.CALLEE, "", "t", "+321", "");
        LiveKitRule elsewhere = rule("elsewhere", Kind.CALLEE, "", "other", "+321", "");
        assertThat(priorities(open, exact, closed, elsewhere))
                .isEqualTo(Map.of(exact, -1102, closed, -2002, open, -2100));
    }

    @Test
    void numbersAreComparedAsLiveKitDoes() {
        LiveKitRule one = rule("one", Kind.CALLEE, "", "t", "15105550100", "");
        LiveKitRule two = rule("two", Kind.DIRECT, "", "t", "+1 (510) 555-0100", "");
        assertThat(priorities(one, two)).containsOnlyKeys(one, two);
    }

    @Test
    void differentPinsForTheSameCallsAreSaid() {
        priorities(rule("red", Kind.DIRECT, "1", "t", "", ""), rule("blue", Kind.DIRECT, "2", "t", "", ""));
        assertThat(remarks.warnings()).singleElement().extracting(Fault::problem).asString()
                .contains("red and blue", "different PINs").doesNotContain("1 ").doesNotContain("2 ");
    }

    private Map<LiveKitRule, Integer> priorities(LiveKitRule... rules) {
        return RuleOrder.priorities(List.of(rules), remarks);
    }

    private static LiveKitRule rule(String name, Kind kind, String pin, String trunk, String number, String caller) {
        return new LiveKitRule(
                name, name, orNone(trunk), kind, "room", pin, false, orNone(number), orNone(caller), false, "", Map.of(),
                List.of(), "", "");
    }

    private static List<String> orNone(String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text);
    }
}
