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
    @ValueSource(strings = {"call", "apply", "export", "explain", "trace"})
    void everyCommandHelps(String command) {
        Shell shell = new Shell(folder);
        assertThat(shell.run(command, "--help")).isZero();
        assertThat(shell.out()).startsWith("./trunkline " + command);
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void whatIsNoCommand() {
        Shell shell = new Shell(folder);
        assertThat(shell.run("dance")).isEqualTo(2);
        assertThat(shell.err()).contains("call, apply, export, explain, trace");
        assertThat(shell.run()).isEqualTo(2);
    }

    /** A faulty line is answered with what is wrong and the command's help. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "apply                                    | a file is missing",
        "apply a b                                | one at a time",
        "apply a --trunk b                        | add --livekit",
        "apply a --router http://127.0.0.1:1      | --token",
        "apply a --router 127.0.0.1 --token t     | --router wants a URL",
        "export now                               | belongs to no option",
        "explain --to 1                           | --from NUMBER or --anonymous",
        "explain --to 1 --from 2 --anonymous      | one of them",
        "explain --to 1 --from 2                  | --trunk is missing",
        "explain --trunk t --from 2               | --to is missing",
        "explain --to 1 --from 2 --trunk t --header X      | name and a value",
        "explain --to 1 --from 2 --trunk t --at noon       | 2026-12-24T17:30",
        "trace                                    | a call id is missing",
        "trace x --since yesterday --kafka k:1    | 24h",
        "call                                     | which number?"
    })
    void faultyLines(String line, String word) throws Exception {
        java.nio.file.Files.writeString(folder.resolve("a"), "{}");
        Shell shell = new Shell(folder);
        assertThat(shell.run(line.split(" "))).isEqualTo(2);
        assertThat(shell.err()).contains(word).contains("./trunkline " + line.split(" ")[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"call 1000", "export", "explain --to 1 --from 2 --trunk t", "trace 1"})
    void withoutASuiteTheErrorSaysHowToStartOne(String line) {
        Shell shell = new Shell(folder);
        assertThat(shell.run(line.split(" "))).isEqualTo(1);
        assertThat(shell.err()).contains("start one with ./trunkline run");
    }
}
