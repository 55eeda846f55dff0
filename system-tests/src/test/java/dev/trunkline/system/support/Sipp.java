package dev.trunkline.system.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** SIPp, a phone that shares no code with ours (Debian package {@code sip-tester}). */
public final class Sipp {
    private final Path scenarios;
    private final Path work;
    private final String edge;

    private Sipp(Path scenarios, Path work, String edge) {
        this.scenarios = scenarios;
        this.work = work;
        this.edge = edge;
    }

    /** Prepares SIPp. @throws IOException that says what to install */
    static Sipp prepare(Path module, String edge) throws IOException, InterruptedException {
        Path work = module.resolve("target/sipp");
        Files.createDirectories(work);
        if (!isInstalled()) {
            DebianPackage.install("sip-tester", work);
        }
        return new Sipp(module.resolve("src/test/resources/sipp"), work, edge);
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "sipp")));
    }

    /**
     * Runs a scenario and checks that every call of it went as written.
     *
     * @param number to dial
     * @param calls number of calls, all concurrent
     * @param more further options of SIPp
     */
    public void run(String scenario, String number, int calls, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "sipp", edge,
                "-sf", scenarios.resolve(scenario + ".xml").toString(),
                "-s", number,
                "-i", "127.0.0.1",
                "-mi", "127.0.0.1",
                "-m", Integer.toString(calls),
                "-l", Integer.toString(calls),
                "-r", Integer.toString(calls),
                "-timeout", "60",
                "-timeout_error",
                "-nostdin",
                "-trace_err",
                "-error_file", work.resolve(scenario + "-errors.log").toString(),
                "-trace_msg",
                "-message_file", work.resolve(scenario + "-messages.log").toString()));
        command.addAll(List.of(more));
        Files.deleteIfExists(work.resolve(scenario + "-errors.log"));
        Files.deleteIfExists(work.resolve(scenario + "-messages.log"));
        Path log = work.resolve(scenario + ".log");
        int code = Command.exitCode(log, command);
        assertThat(code).as("SIPp's exit code; its screen is in %s, its errors beside it", log).isZero();
    }

    /**
     * SIPp's counts.
     *
     * @param good calls that went as the scenario says
     * @param unanswered calls that got no answer to a request, however often it was sent
     * @param failed calls that went otherwise, including the unanswered ones
     * @param retransmissions requests sent again
     */
    public record Tally(int good, int unanswered, int failed, int retransmissions) {}

    /**
     * Places many calls, one after another at a steady rate, for which busy is an acceptable answer.
     *
     * @param name of the files that it writes
     * @param numbers file with numbers, which are dialled in turn
     */
    public Tally crowd(String name, Path numbers, int calls, int aSecond) throws IOException, InterruptedException {
        Path statistics = work.resolve(name + "-statistics.csv");
        Files.deleteIfExists(statistics);
        Command.exitCode(work.resolve(name + ".log"), List.of(
                "sipp", edge,
                "-sf", scenarios.resolve("crowd.xml").toString(),
                "-inf", numbers.toString(),
                "-i", "127.0.0.1",
                "-mi", "127.0.0.1",
                "-m", Integer.toString(calls),
                "-l", Integer.toString(calls),
                "-r", Integer.toString(aSecond),
                "-timeout", "180",
                "-nostdin",
                "-trace_err",
                "-error_file", work.resolve(name + "-errors.log").toString(),
                "-trace_stat",
                "-stf", statistics.toString()));
        List<String> lines = Files.readAllLines(statistics);
        List<String> names = List.of(lines.getFirst().split(";"));
        List<String> last = List.of(lines.getLast().split(";"));
        ToIntFunction<String> counted = field -> Integer.parseInt(last.get(names.indexOf(field + "(C)")));
        return new Tally(
                counted.applyAsInt("SuccessfulCall"), counted.applyAsInt("FailedMaxUDPRetrans"),
                counted.applyAsInt("FailedCall"), counted.applyAsInt("Retransmissions"));
    }

    /** Writes a second of a tone as raw G.711 µ-law, for {@code rtp_stream}. */
    public Path toneFile(int hertz) throws IOException {
        byte[] tone = new byte[8_000];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = MuLaw.encode((short) (8_000 * Math.sin(2 * Math.PI * hertz * i / 8_000)));
        }
        return Files.write(work.resolve("tone-" + hertz + ".ulaw"), tone);
    }

    /** ITU-T G.711 µ-law, implemented again so that SIPp's audio does not depend on code of the suite. */
    private static final class MuLaw {
        static byte encode(short sample) {
            int sign = sample < 0 ? 0x80 : 0;
            int magnitude = Math.min(Math.abs(sample), 32_635) + 0x84;
            int exponent = 7;
            for (int mask = 0x4000; (magnitude & mask) == 0 && exponent > 0; mask >>= 1) {
                exponent--;
            }
            int mantissa = magnitude >> exponent + 3 & 0x0F;
            return (byte) ~(sign | exponent << 4 | mantissa);
        }
    }
}
