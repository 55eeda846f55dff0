package dev.trunkline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What processes have used, as Linux counts it (proc(5)).
 *
 * @param nanos monotonic clock at the moment of reading
 * @param cpuTicks user and system time since the start of each process, in clock ticks
 * @param residentKilobytes resident memory of each process
 */
record Usage(long nanos, Map<String, Long> cpuTicks, Map<String, Long> residentKilobytes) {
    /** USER_HZ: 100 on every architecture that Linux calls by that name to user space. */
    private static final int TICKS_A_SECOND = 100;

    /**
     * Reads now.
     *
     * @throws IOException that names the process that is gone
     */
    static Usage of(Map<String, Long> pids) throws IOException {
        Map<String, Long> ticks = new TreeMap<>();
        Map<String, Long> resident = new TreeMap<>();
        for (Map.Entry<String, Long> process : pids.entrySet()) {
            Path folder = Path.of("/proc", Long.toString(process.getValue()));
            if (!Files.exists(folder)) {
                throw new IOException(process.getKey() + " (process " + process.getValue() + ") is gone: see its log");
            }
            ticks.put(process.getKey(), ticks(Files.readString(folder.resolve("stat"))));
            resident.put(process.getKey(), residentKilobytes(Files.readString(folder.resolve("status"))));
        }
        return new Usage(System.nanoTime(), ticks, resident);
    }

    /** Fields 14 and 15 of {@code stat}; the name before them is in parentheses and may hold anything. */
    static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /** {@code VmRSS} of {@code status}; 0 for a process that has ended and is not yet forgotten. */
    static long residentKilobytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    /** Percent of one core that each process used from then until this. */
    Map<String, Double> cpuPercentSince(Usage then) {
        double seconds = (nanos - then.nanos) / 1e9;
        Map<String, Double> percent = new TreeMap<>();
        cpuTicks.forEach((process, now) ->
                percent.put(process, 100.0 * (now - then.cpuTicks.get(process)) / TICKS_A_SECOND / seconds));
        return percent;
    }
}
