package dev.trunkline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"call", "answer", "dial", "transfer", "calls", "gateways", "sounds", "trace", "explain", "apply", "register", "export", "schemas", "demo", "completion"})
    void everyCommandSaysWhatItDoesWithAnExampleAndItsExitCodes(String command) {
        Shell shell = new Shell(folder);
        assertThat(shell.run(command, "--help")).isZero();
        assertThat(shell.out()).startsWith("./trunkline " + command).contains("For example:\n  ", "Exit code:\n  0");
        assertThat(shell.err()).isEmpty();
        assertThat(shell.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    @ParameterizedTest
    @CsvSource({"call, NUMBER", "dial, NUMBER", "transfer, CALL-ID", "trace, CALL-ID", "explain, --to=NUMBER", "apply, FILE", "schemas, DIR|URL"})
    void whatIsRequiredStandsWithoutBracketsAndIsSaid(String command, String required) {
        Shell shell = new Shell(folder);
        shell.run(command, "-h");
        assertThat(shell.out()).contains("Required.");
        assertThat(shell.out().substring(0, shell.out().indexOf("\n\n"))).contains(" " + required).doesNotContain("[" + required);
    }

    @Test
    void theCompletionKnowsEveryCommandAndItsOptions() {
        Shell shell = new Shell(folder);
        assertThat(shell.run("completion")).isZero();
        assertThat(shell.out()).contains("complete -F _complete_trunkline", "--organisation", "--expect-echo")
                .contains("run test bench fuzz faults soak help");
    }

    @Test
    void whatIsNoCommand() {
        Shell shell = new Shell(folder);
        assertThat(shell.run("trase")).isEqualTo(2);
        assertThat(shell.err()).contains("Did you mean", "trace", "call, answer, dial, transfer, calls, gateways, sounds, trace, explain, apply, register, export, schemas, demo");
        assertThat(shell.run()).isEqualTo(2);
    }

    /** The response to a faulty command line is the error and the command's help. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "apply                                    | Missing required parameter: 'FILE'",
        "apply a b                                | Unmatched argument",
        "apply a --trunk b                        | add --livekit",
        "apply a --router http://127.0.0.1:1      | --token",
        "apply a --router 127.0.0.1 --token t     | --router must be a URL",
        "export now                               | Unmatched argument",
        "explain --to 1 --trunk t                 | --from NUMBER or --anonymous",
        "explain --to 1 --from 2 --trunk t --anonymous     | either --from",
        "explain --trunk t --from 2               | Missing required option: '--to=NUMBER'",
        "explain --to 1 --from 2 --trunk t --header X      | name and a value",
        "explain --to 1 --from 2 --trunk t --at noon       | 2026-12-24T17:30",
        "trace                                    | Missing required parameter: 'CALL-ID'",
        "trace x --since yesterday --kafka k:1    | 24h",
        "trace x --sinze 1h                       | --since",
        "call 12 --seconds ten                    | --seconds",
        "call 12 --seconds 10000                  | from 1 to 9999",
        "call abc                                 | not a number that can be dialled",
        "dial                                     | Missing required parameter: 'NUMBER'",
        "dial 1 --ringing 0                       | 1 or more",
        "transfer x                               | Missing required parameter: 'TO'",
        "transfer x 1                             | not a call id",
        "transfer 019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e 1 --way by-car | bridge-first",
        "answer --status 100                      | 300 to 699",
        "answer --user a                          | need each other",
        "answer --tone 9000                       | 1 to 3900",
        "answer --address nowhere.invalid         | nowhere.invalid",
        "calls --limit -1                         | 0 or more",
        "calls --since never                      | 2026-11-29",
        "export --with-secrets                    | --out FILE",
        "schemas                                  | `Missing required parameters: 'export|register', 'DIR|URL'`",
        "schemas export                           | `Missing required parameter: 'DIR|URL'`",
        "schemas list x                           | write export or register, not list",
        "schemas export x --check                 | --check and --level are for register",
        "schemas register 127.0.0.1:8081          | such as http://127.0.0.1:8081",
        "schemas register file:///etc/passwd      | such as http://127.0.0.1:8081",
        "schemas register http://a:b@c/           | must not have a password",
        "schemas register http://c/?x=1           | such as http://127.0.0.1:8081",
        "schemas register http://c/ --level OLD   | FORWARD_TRANSITIVE",
        "schemas register http://c/ --level FORWARD --check | --check changes nothing",
        "call                                     | Missing required parameter: 'NUMBER'"
    })
    void faultyLines(String line, String word) throws Exception {
        java.nio.file.Files.writeString(folder.resolve("a"), "{}");
        Shell shell = new Shell(folder);
        assertThat(shell.run(line.split(" "))).isEqualTo(2);
        assertThat(shell.err()).contains(word).contains("./trunkline " + line.split(" ")[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"call 1000", "dial 1", "transfer 019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e 1", "calls", "calls --live", "gateways", "sounds list", "export", "explain --to 1 --from 2 --trunk t", "trace 1"})
    void withoutASuiteTheErrorSaysHowToStartOne(String line) {
        Shell shell = new Shell(folder);
        assertThat(shell.run(line.split(" "))).isEqualTo(1);
        assertThat(shell.err()).contains("start one with ./trunkline run");
    }
}
