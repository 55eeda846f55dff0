package dev.trunkline.system.support;

import dev.trunkline.bench.Usage;
import dev.trunkline.bench.report.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What one node's calls in one direction cost.
 *
 * @param what the node and the kind of calls
 * @param times of calls made one after another, in milliseconds, by what was timed
 * @param calls held at the same time
 * @param rest percent of a core that each process used without calls
 * @param held the same with the calls
 */
public record CallFigures(String what, Map<String, List<Double>> times, int calls, Map<String, Double> rest, Map<String, Double> held) {

    public CallFigures {
        times = Map.copyOf(times);
        rest = Map.copyOf(rest);
        held = Map.copyOf(held);
    }

    /** @param during four readings: beginning and end of a time without calls, and of an equal time with the calls up */
    public static CallFigures of(String what, Map<String, List<Double>> times, int calls, List<Usage> during) {
        return new CallFigures(
                what, times, calls, during.get(1).cpuPercentSince(during.get(0)), during.get(3).cpuPercentSince(during.get(2)));
    }

    /**
     * Returns the figures as text.
     *
     * @param own whether a process is the node's own, rather than one that both nodes use
     */
    public List<String> lines(Predicate<String> own) {
        List<String> lines = new ArrayList<>(List.of("", what));
        new TreeMap<>(times).forEach((timed, millis) -> lines.add("  %-44s %s".formatted(timed, Quantiles.of(millis).millis())));
        lines.add("  %-20s %10s %10s %12s   with %d calls".formatted("% of a core", "at rest", "with them", "more a call", calls));
        new TreeMap<>(held).forEach((process, percent) -> lines.add("  %-20s %s%s".formatted(
                process, row(rest.get(process), percent), own.test(process) ? "" : "   not its own")));
        lines.add("  %-20s %s".formatted("its own", row(sum(rest, own), sum(held, own))));
        return lines;
    }

    private String row(double before, double with) {
        return "%10.2f %10.2f %12.3f".formatted(before, with, (with - before) / calls);
    }

    private static double sum(Map<String, Double> percent, Predicate<String> own) {
        return percent.entrySet().stream().filter(entry -> own.test(entry.getKey())).mapToDouble(Map.Entry::getValue).sum();
    }
}
