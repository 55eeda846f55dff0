package dev.trunkline.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Waits until the suite has finished what earlier calls left to do: the console writes them to its tables, and JVMs compile what they
 * have just learnt. Whatever is measured next is compared with the suite as it is then; while it is still busy, calls would seem to
 * cost less than nothing.
 */
final class Quiet {
    /** Percent of a core. No process of the suite uses more while there are no calls. */
    private static final double MOST_PERCENT = 6;
    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Quiet() {}

    /** Waits for two minutes at most, and then says which process is still busy. @param pids processes by name */
    static void await(Map<String, Long> pids, Notebook notebook) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<String> busy;
        do {
            Usage before = Usage.of(pids);
            Thread.sleep(LOOK);
            busy = busiest(Usage.of(pids).cpuPercentSince(before));
        } while (busy.isPresent() && System.nanoTime() - end < 0);
        busy.ifPresent(process -> notebook.say("  %s is still busy after %d s without calls: what follows is compared with that".formatted(
                process, PATIENCE.toSeconds())));
    }

    /** Returns the process of the suite that uses most of a core, if that is more than it needs without calls. */
    static Optional<String> busiest(Map<String, Double> percent) {
        return percent.entrySet().stream()
                .filter(process -> Costs.isSuite(process.getKey()) && process.getValue() > MOST_PERCENT)
                .max(Comparator.comparingDouble(Map.Entry::getValue))
                .map(Map.Entry::getKey);
    }
}
