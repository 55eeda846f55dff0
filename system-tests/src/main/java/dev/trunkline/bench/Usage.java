package dev.trunkline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What processes have used, as Linux counts it (proc(5)), each including its child processes: a Python worker has one per job,
 * Postgres one per connection.
 *
 * @param nanos monotonic clock at the moment of reading
 */
public record Usage(long nanos, Map<String, Taken> processes) {
    /** USER_HZ, the unit in which Linux reports times to user space: 100 on every common architecture. */
    private static final int TICKS_A_SECOND = 100;

    /**
     * @param cpuTicks user and system time since the start, in clock ticks, including children that have ended
     * @param residentKilobytes resident memory; memory that two processes share counts in both
     * @param ownKilobytes the part of it that is neither a file nor shared memory (RssAnon)
     * @param descriptors open files and sockets
     */
    public record Taken(long cpuTicks, long residentKilobytes, long ownKilobytes, long threads, long descriptors) {
        private Taken plus(Taken other) {
            return new Taken(
                    cpuTicks + other.cpuTicks, residentKilobytes + other.residentKilobytes, ownKilobytes + other.ownKilobytes,
                    threads + other.threads, descriptors + other.descriptors);
        }

        double residentMiB() {
            return residentKilobytes / 1024.0;
        }
    }

    /**
     * Reads the current usage.
     *
     * @param pids by name; one that is the child of another counts only under its own name
     * @throws IOException that names the process that is gone
     */
    public static Usage of(Map<String, Long> pids) throws IOException {
        Map<String, Taken> taken = new TreeMap<>();
        for (Map.Entry<String, Long> process : pids.entrySet()) {
            if (!Files.exists(folder(process.getValue()))) {
                throw new IOException(process.getKey() + " (process " + process.getValue() + ") is gone: see its log");
            }
            Taken sum = new Taken(0, 0, 0, 0, 0);
            for (long pid : family(process.getValue(), pids.values())) {
                sum = sum.plus(read(pid));
            }
            taken.put(process.getKey(), sum);
        }
        return new Usage(System.nanoTime(), taken);
    }

    private static List<Long> family(long pid, Collection<Long> others) {
        List<Long> family = new ArrayList<>(List.of(pid));
        ProcessHandle.of(pid).ifPresent(process -> process.children()
                .map(ProcessHandle::pid)
                .filter(child -> !others.contains(child))
                .forEach(child -> family.addAll(family(child, others))));
        return family;
    }

    /** Reads one process; returns zeros if it has ended in the meantime. */
    private static Taken read(long pid) throws IOException {
        try (Stream<Path> descriptors = Files.list(folder(pid).resolve("fd"))) {
            String status = Files.readString(folder(pid).resolve("status"));
            return new Taken(
                    ticks(Files.readString(folder(pid).resolve("stat"))), number(status, "VmRSS:"),
                    number(status, "RssAnon:"), number(status, "Threads:"), descriptors.count());
        } catch (NoSuchFileException e) {
            return new Taken(0, 0, 0, 0, 0);
        }
    }

    private static Path folder(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }

    /** Returns the sum of fields 14 to 17 of {@code stat}; the name before them is in parentheses and may contain any character. */
    static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]) + Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
    }

    /** Returns the value of a line of {@code status}; 0 if it is missing, as for a process that has ended but was not yet reaped. */
    static long number(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    Taken of(String process) {
        return processes.get(process);
    }

    /** Returns the user and system time of a process since its start. */
    double cpuSeconds(String process) {
        return (double) of(process).cpuTicks() / TICKS_A_SECOND;
    }

    /** Returns the percentage of one core that each process used between then and this reading. */
    public Map<String, Double> cpuPercentSince(Usage then) {
        double seconds = (nanos - then.nanos) / 1e9;
        Map<String, Double> percent = new TreeMap<>();
        processes.forEach((process, now) -> percent.put(
                process, 100.0 * (now.cpuTicks() - then.of(process).cpuTicks()) / TICKS_A_SECOND / seconds));
        return percent;
    }
}
