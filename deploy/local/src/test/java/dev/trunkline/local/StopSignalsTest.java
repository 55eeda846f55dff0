package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopSignalsTest {
    /** Waits for a signal as {@code run} does. */
    static final class Holder {
        public static void main(String[] args) {
            StopSignals signals = StopSignals.interrupting(Thread.currentThread(), () -> {});
            System.out.println("up");
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                System.out.println("stopped in order");
            }
            System.exit(signals.exitCode());
        }
    }

    /**
     * @param before command that the shell runs before it becomes the program: in a background job of a script, SIGINT is
     *     ignored
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "trap '' INT | INT  | 130",
        "trap '' INT | TERM | 143",
        "true        | INT  | 130",
        "true        | HUP  | 129",
    })
    void eachSignalStopsItInOrder(String before, String signal, int exitCode) throws Exception {
        Process process = start(before);
        try (var said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("up");
            kill(process, signal);
            assertThat(said.readLine()).isEqualTo("stopped in order");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(exitCode);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void nohupIsRespected() throws Exception {
        Process process = start("trap '' HUP");
        try (var said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("up");
            kill(process, "HUP");
            kill(process, "INT");
            assertThat(said.readLine()).isEqualTo("stopped in order");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("by the second signal, not the first").isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(String before) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<String>();
        if (System.getProperty("os.name").equals("Linux")) {
            // The tests themselves may run under nohup or in the background of a script, and child processes inherit ignored
            // signals.
            command.addAll(List.of("env", "--default-signal=HUP,INT,TERM"));
        }
        command.addAll(List.of(
                "/bin/sh", "-c", before + "; exec \"$@\"", "sh", java, "-Xmx64m", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), Holder.class.getName()));
        return new ProcessBuilder(command).start();
    }

    private static void kill(Process process, String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"SigIgn:\t0000000000000002, true", "SigIgn:\t0000000000001006, true", "SigIgn:\t0000000000001005, false",
        "SigIgn:\tffffffffffffffff, true", "SigCgt:\t0000000000000002, false"})
    void theMaskSaysWhetherItIsIgnored(String line, boolean ignored) {
        assertThat(IgnoredInterrupt.isIgnored(List.of("Name:\tjava", line))).isEqualTo(ignored);
    }
}
