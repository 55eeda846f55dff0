package dev.trunkline.bench;

import dev.trunkline.bench.report.Ladder;
import dev.trunkline.bench.report.Ladder.Step;
import dev.trunkline.bench.report.Numbers;
import dev.trunkline.bench.report.Quantity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ./trunkline bench --scale}: places more and more of the same calls, and measures what grows. */
final class ScaleBench {
    private final List<Integer> ladder;
    private final int seconds;
    private final String number;
    private final Map<String, Long> pids;
    private final Inside inside;
    private final CallTimelines timelines;
    private final Notebook notebook;

    ScaleBench(BenchOptions options, Map<String, Long> pids, Inside inside, CallTimelines timelines, Notebook notebook) {
        this.ladder = options.scale();
        this.seconds = options.seconds();
        this.number = options.scaleNumber();
        this.pids = pids;
        this.inside = inside;
        this.timelines = timelines;
        this.notebook = notebook;
    }

    Ladder run(Calls calls) throws IOException, InterruptedException {
        notebook.begin("scale", "%s calls to %s held for %d s each".formatted(
                String.join(", ", ladder.stream().map(String::valueOf).toList()), number, seconds));
        List<Step> done = new ArrayList<>();
        Optional<String> stopped = Optional.empty();
        for (int i = 0; i < ladder.size() && stopped.isEmpty(); i++) {
            int count = ladder.get(i);
            notebook.say("  %d calls ...".formatted(count));
            var step = new ScaleStep(count, seconds, pids, inside, timelines, notebook);
            try {
                done.add(step.run(calls, number));
                stopped = step.complaint();
            } catch (IOException e) {
                stopped = Optional.of(e.getMessage());
            }
            stopped = stopped.map(why -> "this machine does not hold " + count + " calls: " + why);
        }
        stopped.ifPresent(why -> notebook.say("  " + why));
        var all = new Ladder(seconds, measured(done), done, stopped);
        print(all);
        return all;
    }

    /** Returns the quantities that at least one step could measure. */
    private List<Quantity> measured(List<Step> done) {
        return Quantities.of(pids.keySet(), inside.services()).stream()
                .filter(quantity -> done.stream().anyMatch(step -> step.value(quantity.id()).isPresent()))
                .toList();
    }

    private void print(Ladder all) {
        StringBuilder head = new StringBuilder("  %-62s %-12s".formatted("", ""));
        all.steps().forEach(step -> head.append("%10d".formatted(step.calls())));
        notebook.say(head.toString());
        for (Quantity quantity : all.quantities()) {
            StringBuilder line = new StringBuilder("  %-62s %-12s".formatted(quantity.what(), quantity.unit()));
            all.steps().forEach(step -> line.append("%10s".formatted(step.value(quantity.id()).map(Numbers::text).orElse("–"))));
            notebook.say(line.append("   ").append(all.trend(quantity).words()).toString());
        }
    }
}
