package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.system.support.Script;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The help of the script, for people who do not know it yet. */
@ExtendWith(SuiteExtension.class)
class HelpIT {
    private final SuiteUnderTest suite;

    HelpIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void everyCommandThatHelpNamesHasHelpOfItsOwn() throws Exception {
        Script.Ended help = suite.script("help");
        assertThat(help.exitCode()).isZero();
        List<String> commands = Pattern.compile("^\\./trunkline (\\w+)", Pattern.MULTILINE)
                .matcher(help.output()).results().map((MatchResult found) -> found.group(1)).distinct().toList();
        assertThat(commands).contains("run", "test", "call", "calls", "trace", "explain", "apply", "export", "demo", "bench", "fuzz", "faults", "soak",
                "completion", "help");
        for (String command : commands) {
            Script.Ended told = suite.script(command, "--help");
            assertThat(told.exitCode()).as("%s --help: %s", command, told.output()).isZero();
            assertThat(told.output()).as(command).contains("./trunkline " + command);
            if (!command.equals("help")) {
                assertThat(told.output()).as(command).contains("Exit code:", "For example:");
            }
        }
    }

    @Test
    void aFaultyLineIsAnsweredWithExitCodeTwo() throws Exception {
        assertThat(suite.script("trase").exitCode()).isEqualTo(2);
        assertThat(suite.script("trase").output()).contains("trace");
        for (String command : List.of("run", "calls", "export", "bench", "fuzz", "soak")) {
            Script.Ended told = suite.script(command, "--no-such-option");
            assertThat(told.exitCode()).as("%s: %s", command, told.output()).isEqualTo(2);
        }
    }
}
