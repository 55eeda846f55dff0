package dev.trunkline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** The machine on which the figures are measured. */
public final class Machine {
    private Machine() {}

    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Returns for example {@code 2 × AMD EPYC, 8.0 GiB}. */
    public static String hardware() throws IOException {
        return "%d × %s, %.1f GiB".formatted(
                processors(),
                value(Path.of("/proc/cpuinfo"), "model name", "unknown processor"),
                Long.parseLong(value(Path.of("/proc/meminfo"), "MemTotal", "0").replaceAll("\\D", "")) / 1048576.0);
    }

    public static String system() throws IOException {
        Path release = Path.of("/etc/os-release");
        return Files.exists(release)
                ? valueOf(Files.readString(release), "PRETTY_NAME", "=", "Linux").replace("\"", "")
                : System.getProperty("os.name");
    }

    /** Returns the load average over the last minute. */
    public static double load() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    /**
     * What the processors of this machine did since it was started, in clock ticks summed over all of them.
     *
     * @param idle ticks spent idle or waiting for a disk
     */
    record Ticks(long all, long idle) {
        /** Returns the percentage of all processors that was used between then and this reading. */
        double busySince(Ticks then) {
            return all == then.all ? 0 : 100.0 * (1 - (double) (idle - then.idle) / (all - then.all));
        }
    }

    static Ticks ticks() throws IOException {
        return ticks(Files.readString(Path.of("/proc/stat")));
    }

    /** Parses the first line of {@code /proc/stat}: user, nice, system, idle, iowait and others; user time includes guest time. */
    static Ticks ticks(String stat) {
        long[] each = Arrays.stream(stat.lines().findFirst().orElse("").strip().split("\\s+")).skip(1).limit(8).mapToLong(Long::parseLong).toArray();
        return new Ticks(Arrays.stream(each).sum(), each[3] + each[4]);
    }

    private static String value(Path file, String name, String otherwise) throws IOException {
        return valueOf(Files.readString(file), name, ":", otherwise);
    }

    private static String valueOf(String text, String name, String separator, String otherwise) {
        try (Stream<String> lines = text.lines()) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(separator) + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        }
    }
}
