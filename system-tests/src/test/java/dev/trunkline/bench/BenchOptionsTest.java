package dev.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.cli.ScriptCommands;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOptionsTest {
    private static final Path HERE = Path.of("/somewhere");

    @Test
    void nothingAskedForIsThirtyCallsForThirtySeconds() {
        BenchOptions options = parse();
        assertThat(options.kinds()).containsExactly(Kind.HELD);
        assertThat(options.agents()).containsExactly(Agents.G711);
        assertThat(options.callsOf(Agents.G711)).isEqualTo(30);
        assertThat(options.numberOf(Agents.G711)).isEqualTo("+3225550101");
        assertThat(options.seconds()).isEqualTo(30);
    }

    @Test
    void eachOptionIsRead() {
        BenchOptions options = parse("--calls", "5", "--seconds", "12", "--number", "+3225550100", "--rate", "70", "--refused");
        assertThat(options.callsOf(Agents.G711)).isEqualTo(5);
        assertThat(options.seconds()).isEqualTo(12);
        assertThat(options.numberOf(Agents.G711)).isEqualTo("+3225550100");
        assertThat(options.rate()).isEqualTo(70);
        assertThat(options.kinds()).containsExactly(Kind.DECISIONS, Kind.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "--cold, COLD", "--refused, REFUSED", "--scale, SCALE", "--sip, SIP", "'--load options', SIP", "'--steps 5', SCALE",
        "'--rate 50', DECISIONS", "'--calls 9', HELD", "'--agents opus', HELD", "'--cold --scale', COLD SCALE",
        "'--report a.html', HELD DECISIONS REFUSED SCALE", "'--json a', HELD DECISIONS REFUSED SCALE",
        "'--report a.html --calls 5', HELD DECISIONS REFUSED SCALE", "'--report a.html --scale', SCALE", "'--report a --agents opus', HELD",
        "'--all', HELD DECISIONS REFUSED SCALE", "'--cold --all', COLD HELD DECISIONS REFUSED SCALE", "'--compare a', HELD"
    })
    void whatIsMeasuredIsWhatWasNamedOrTheUsualForAReport(String line, String kinds) {
        List<String> wanted = List.of(kinds.split(" "));
        // A rate is measured in addition to held calls, as before.
        assertThat(parse(line.split(" ")).kinds().stream().map(Kind::name).toList())
                .isEqualTo(line.startsWith("--rate") ? List.of("HELD", "DECISIONS") : wanted);
    }

    @Test
    void agentsAreNamedByWhoTheyAre() {
        assertThat(parse("--agents", "opus").numberOf(Agents.OPUS)).isEqualTo("+3225550106");
        assertThat(parse("--agents", "python").agents()).containsExactly(Agents.PYTHON);
        assertThat(parse("--agents", "python").callsOf(Agents.PYTHON)).isEqualTo(5);
        assertThat(parse("--agents", "python", "--calls", "8").callsOf(Agents.PYTHON)).isEqualTo(8);
        assertThat(parse("--report", "a").agents()).containsExactly(Agents.OPUS, Agents.PYTHON, Agents.PHONE);
        assertThat(parse("--agents", "phone").numberOf(Agents.PHONE)).isEqualTo("+3225550109");
        assertThat(parse("--agents", "phone").callsOf(Agents.PHONE)).isEqualTo(10);
    }

    @Test
    void theLadderIsClimbedWithAgentsThatSendOpusUnlessOthersAreNamed() {
        assertThat(parse("--scale").scale()).containsExactly(10, 30, 100, 200);
        assertThat(parse("--scale").scaleNumber()).isEqualTo("+3225550106");
        assertThat(parse("--scale", "--agents", "g711").scaleNumber()).isEqualTo("+3225550101");
        assertThat(parse("--scale", "--agents", "python").scaleNumber()).isEqualTo("+3225550106");
        assertThat(parse("--scale", "--number", "+32111").scaleNumber()).isEqualTo("+32111");
        assertThat(parse("--steps", "2,4,9").scale()).containsExactly(2, 4, 9);
    }

    @Test
    void sipMeansEachLoadUnlessOneIsNamed() {
        assertThat(parse("--sip").sipLoads()).containsExactly(SipLoad.REFUSED, SipLoad.OPTIONS, SipLoad.CALLS);
        assertThat(parse("--sip", "--load", "options").sipLoads()).containsExactly(SipLoad.OPTIONS);
        assertThat(parse("--load", "calls", "--sip").sipLoads()).containsExactly(SipLoad.CALLS);
    }

    @Test
    void filesAreThoseOfTheFolderInWhichTheCommandWasTyped() {
        assertThat(parse("--report", "a.html").files().report()).contains(Path.of("/somewhere/a.html"));
        assertThat(parse("--json", "/tmp/a.json").files().json()).contains(Path.of("/tmp/a.json"));
        assertThat(parse("--compare", "b.json", "--from", "c.json").files())
                .isEqualTo(new BenchOptions.Files(false, Optional.empty(), Optional.empty(),
                        Optional.of(Path.of("/somewhere/b.json")), Optional.of(Path.of("/somewhere/c.json"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--calls 0 | --calls wants a number from 1 to 2000",
        "--calls x | --calls wants a number",
        "--calls | --calls wants a value",
        "--seconds 4 | --seconds wants a number from 5 to 3600",
        "--rate -1 | --rate wants a number",
        "--number sip:x | is not a number that can be dialled",
        "--load flood | one of refused",
        "--agents isdn | --agents wants one of g711, opus, python, phone, not isdn",
        "--steps 10,10 | --steps wants numbers that rise",
        "--steps 30,10 | --steps wants numbers that rise",
        "--steps 10, | --steps wants a number",
        "--steps 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21 | --steps wants 20 numbers at most",
        "--report | --report wants a value",
        "--loud | there is no option --loud"
    })
    void aFaultyCommandLineIsExplained(String line, String words) {
        assertThatThrownBy(() -> parse(line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void theShellCompletesTheOptionsThatTheHelpNames() {
        List<String> inHelp = Pattern.compile("(?m)^  (--[a-z]+) ").matcher(BenchOptions.USAGE).results().map((MatchResult each) -> each.group(1)).toList();
        assertThat(ScriptCommands.options("bench")).containsExactlyInAnyOrderElementsOf(inHelp);
    }

    private static BenchOptions parse(String... args) {
        return BenchOptions.parse(HERE, args);
    }
}
