package dev.trunkline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pairs of rules {@code a} (the older) and {@code b}, and the call that both would take. */
class OverlapsTest {
    private static final String DIRECTORY = """
            organisations:
              - {name: acme, numbers: [{phone_number: "+4991874350301"}, {phone_number: "+4991874350302"}, {phone_number: "1000"}]}
              - {name: bistro, numbers: [{phone_number: "+3225550100"}]}
              - {name: empty}
            trunks:
              - {name: pbx, country: DE}
              - {name: other, country: BE}
              - {name: gated, country: DE, numbers: ["+4991874350302"], allowed_numbers: ["+49151*"]}
            rules:
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            trunks: [pbx]                                   | trunks: [pbx]                                | a | AGE      | pbx   | +3225550100    | any
            trunks: [pbx], organisation: acme               | trunks: [pbx], organisation: acme            | a | AGE      | pbx   | +4991874350301 | any
            trunks: [pbx], organisation: bistro             | trunks: [pbx]                                | a | SPECIFIC | pbx   | +3225550100    | any
            trunks: [pbx], organisation: empty              | trunks: [pbx]                                | a | SPECIFIC | pbx   | +12025550100   | any
            trunks: [pbx]                                   | wildcard: true, priority: 5                  | a | TRUNK    | pbx   | +3225550100    | any
            wildcard: true                                  | trunks: [other]                              | b | TRUNK    | other | +3225550100    | any
            wildcard: true                                  | wildcard: true                               | a | AGE      | gated | +4991874350302 | +49151000000
            trunks: [pbx]                                   | trunks: [pbx], priority: 1                   | b | PRIORITY | pbx   | +3225550100    | any
            trunks: [pbx], numbers: ['+4991874350301']      | trunks: [pbx]                                | a | SPECIFIC | pbx   | +4991874350301 | any
            trunks: [pbx], numbers: ['091874350301']        | trunks: [pbx], numbers: ['+4991874350301']   | a | AGE      | pbx   | +4991874350301 | any
            trunks: [pbx], numbers: ['+4991*']              | trunks: [pbx], numbers: ['+499187*']         | b | SPECIFIC | pbx   | +4991874350301 | any
            trunks: [pbx], numbers: ['+4930*']              | trunks: [pbx], numbers: ['+493090*']         | b | SPECIFIC | pbx   | +49309000000   | any
            trunks: [pbx], numbers: ['+49*', '+4991874350302'] | trunks: [pbx], numbers: ['+4991874350302'] | a | AGE     | pbx   | +4991874350302 | any
            trunks: [pbx], inbound_numbers: ['+49151*']     | trunks: [pbx], inbound_numbers: ['+491511*'] | b | SPECIFIC | pbx   | +3225550100    | +49151100000
            trunks: [pbx], inbound_numbers: ['+49151*']     | trunks: [pbx], numbers: ['1000']             | b | SPECIFIC | pbx   | 1000           | +49151000000
            trunks: [pbx], inbound_numbers: ['015112345678'] | trunks: [pbx], inbound_numbers: ['+49151*'] | a | SPECIFIC | pbx   | +3225550100    | +4915112345678
            trunks: [gated]                                 | trunks: [gated]                              | a | AGE      | gated | +4991874350302 | +49151000000
            """)
    void findsACallThatBothTake(
            String a, String b, String winner, Overlap.DecidedBy decidedBy, String trunk, String called, String caller) {
        List<Overlap> overlaps = overlaps(a, b);

        assertThat(overlaps).hasSize(1);
        Overlap overlap = overlaps.getFirst();
        assertThat(overlap.winner().name()).isEqualTo(winner);
        assertThat(overlap.decidedBy()).isEqualTo(decidedBy);
        assertThat(overlap.trunk()).isEqualTo(trunk);
        assertThat(overlap.called()).isEqualTo(called);
        assertThat(overlap.caller().orElse("any")).isEqualTo(caller);
        assertThat(overlap.sentence()).contains("Rules " + overlap.winner().name()).contains(called).contains(trunk);
    }

    /** A call meets what the example states. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            trunks: [pbx]                                   | trunks: [pbx]
            trunks: [pbx]                                   | wildcard: true, priority: 5
            wildcard: true                                  | trunks: [other]
            trunks: [pbx], numbers: ['+4991*']              | trunks: [pbx], numbers: ['+499187*']
            trunks: [gated]                                 | wildcard: true, inbound_numbers: ['+4915*']
            """)
    void theWinnerIsTheOneThatTakesTheCall(String a, String b) {
        Exchange exchange = exchange(a, b);
        Overlap overlap = Overlaps.find(exchange.directory(), rule -> true, 10).overlaps().getFirst();

        Decision decision = exchange.call(
                overlap.trunk(), overlap.called(), overlap.caller().orElse(Exchange.CALLER), Map.of());

        assertThat(((Decision.Route) decision).rule()).isEqualTo(overlap.winner().ref());
        assertThat(decision.trace()).anySatisfy(step ->
                assertThat(step.detail()).startsWith("Rule %s fits too".formatted(overlap.other().name())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            trunks: [pbx]                                   | trunks: [other]
            trunks: [pbx], organisation: acme               | trunks: [pbx], organisation: bistro
            trunks: [pbx], numbers: ['+4991874350301']      | trunks: [pbx], numbers: ['+4991874350302']
            trunks: [pbx], numbers: ['+4991*']              | trunks: [pbx], numbers: ['+4930*']
            trunks: [pbx], numbers: ['+4991874350301']      | trunks: [pbx], organisation: bistro
            trunks: [pbx], inbound_numbers: ['+49151*']     | trunks: [pbx], inbound_numbers: ['+49160*']
            trunks: [gated], numbers: ['+4991874350301']    | trunks: [gated]
            trunks: [gated], inbound_numbers: ['+49160*']   | trunks: [gated]
            trunks: [other], numbers: ['091874350301']      | trunks: [other], numbers: ['+4991874350301']
            """)
    void rulesThatTakeNoCallTogetherDoNotOverlap(String a, String b) {
        assertThat(overlaps(a, b)).isEmpty();
    }

    @Test
    void onlyPairsWithARuleThatIsWrittenAreTold() {
        Exchange exchange = exchange("trunks: [pbx]", "trunks: [pbx]", "trunks: [pbx]");

        assertThat(Overlaps.find(exchange.directory(), rule -> rule.name().equals("c"), 10).overlaps())
                .extracting(overlap -> overlap.winner().name() + overlap.other().name())
                .containsExactly("ac", "bc");
        assertThat(Overlaps.find(exchange.directory(), rule -> false, 10).overlaps()).isEmpty();
    }

    @Test
    void theDoubtfulOnesComeFirstAndTheRestIsCounted() {
        Exchange exchange = exchange("trunks: [pbx]", "trunks: [pbx], numbers: ['1000']", "trunks: [pbx], numbers: ['1000']");

        Overlaps.Report report = Overlaps.find(exchange.directory(), rule -> true, 1);

        assertThat(report.overlaps()).singleElement().satisfies(overlap -> assertThat(overlap.ambiguous()).isTrue());
        assertThat(report.further()).isEqualTo(2);
    }

    @Test
    @Timeout(60)
    void aThousandRulesAreCompared() {
        String rules = IntStream.range(0, 1_000)
                .mapToObj(i -> "  - {name: r%d, %s, type: callee, numbers: ['+4930%07d', '+4940%07d'], inbound_numbers: ['+49151%05d*']}"
                        .formatted(i, i % 2 == 0 ? "wildcard: true" : "trunks: [pbx]", i, i == 999 ? 998 : i, i == 999 ? 998 : i))
                .collect(Collectors.joining("\n"));
        Exchange exchange = Exchange.of(DIRECTORY + rules);

        Overlaps.Report report = Overlaps.find(exchange.directory(), rule -> true, 10);

        assertThat(report.overlaps()).singleElement().satisfies(overlap ->
                assertThat(overlap.called()).isEqualTo("+49400000998"));
    }

    private static List<Overlap> overlaps(String... rules) {
        return Overlaps.find(exchange(rules).directory(), rule -> true, 10).overlaps();
    }

    private static Exchange exchange(String... rules) {
        return Exchange.of(DIRECTORY + IntStream.range(0, rules.length)
                .mapToObj(i -> "  - {name: %c, type: direct, room_name: lobby, %s}".formatted('a' + i, rules[i]))
                .collect(Collectors.joining("\n")));
    }

    /**
     * An overlap is reported if age decides or if the closer rule loses, because somebody has to know. A default below a closer rule is
     * intended.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            trunks: [pbx]                              | trunks: [pbx]                                            | true
            trunks: [pbx]                              | trunks: [pbx], numbers: ['1000']                         | false
            trunks: [pbx], numbers: ['+49*']           | trunks: [pbx], numbers: ['+4991*']                       | false
            wildcard: true                             | trunks: [pbx], numbers: ['1000']                         | false
            wildcard: true                             | trunks: [pbx, other, gated]                              | false
            wildcard: true, numbers: ['1000']          | trunks: [pbx]                                            | true
            trunks: [pbx]                              | trunks: [pbx], priority: 1                               | false
            trunks: [pbx]                              | trunks: [pbx], priority: -1                              | false
            trunks: [pbx], priority: -1                | trunks: [pbx], numbers: ['1000']                         | false
            trunks: [pbx], priority: 1                 | trunks: [pbx], numbers: ['1000']                         | true
            trunks: [pbx], organisation: acme          | trunks: [pbx]                                            | false
            """)
    void aDefaultBelowCloserRulesIsNotWorthALine(String a, String b, boolean told) {
        var found = Overlaps.doubtful(exchange(a, b).directory(), rule -> true, 10);

        assertThat(found.overlaps()).hasSize(told ? 1 : 0);
        assertThat(found.further()).isZero();
    }
}
