package dev.trunkline.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The edge as Linux sees it (proc(5)). It needs nothing else of the edge, so any version can be measured. */
record EdgeProcess(long pid) {
    private static final String NAME = "sip-edge";
    private static final String LANES = "TRUNKLINE_SIP_LANES";
    /** USER_HZ, see {@link Usage}. */
    private static final double TICKS_A_SECOND = 100;

    /** Returns the number of lanes with which the edge was started. */
    String lanes() throws IOException {
        String environment = Files.readString(file("environ"), StandardCharsets.ISO_8859_1);
        return LANES + variable(environment, LANES).map(lanes -> "=" + lanes).orElse(" not set");
    }

    /** Returns a variable of an environment, in which each variable ends with a zero byte. */
    static Optional<String> variable(String environment, String name) {
        return Arrays.stream(environment.split("\0"))
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst();
    }

    double secondsUp() throws IOException {
        return secondsUp(Files.readString(file("stat")), Files.readString(Path.of("/proc/uptime")));
    }

    /** Returns the age of the process: field 22 of {@code stat} is its start time, in clock ticks since the machine's start. */
    static double secondsUp(String stat, String uptime) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Double.parseDouble(uptime.split(" ")[0]) - Long.parseLong(fields[19]) / TICKS_A_SECOND;
    }

    /** Returns user and system time since the start. @throws IOException that says if the process is gone */
    double cpuSeconds() throws IOException {
        return Usage.of(Map.of(NAME, pid)).cpuSeconds(NAME);
    }

    private Path file(String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }
}
