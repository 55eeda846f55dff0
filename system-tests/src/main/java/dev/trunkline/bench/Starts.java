package dev.trunkline.bench;

import dev.trunkline.bench.report.Numbers;
import dev.trunkline.bench.report.Start;
import dev.trunkline.local.RunningSuite;
import dev.trunkline.local.StartTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** How long the running suite took to start, as its launcher recorded it. */
final class Starts {
    private Starts() {}

    static List<Start> of(RunningSuite suite) {
        return suite.starts().entrySet().stream()
                .map(part -> start(part.getKey(), part.getValue()))
                .sorted(Comparator.comparingDouble(Start::ready).thenComparing(Start::begun))
                .toList();
    }

    private static Start start(String part, StartTime time) {
        return new Start(part, seconds(time.begun()), seconds(time.ready()), seconds(time.cpu()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    static void note(Notebook notebook, List<Start> starts) throws IOException {
        if (starts.isEmpty()) {
            return;
        }
        notebook.begin("start", "how this suite started, in seconds after it was begun");
        for (Start start : starts) {
            if (start.part().equals(RunningSuite.WHOLE)) {
                notebook.figure("start.ready", "ready, the whole suite", start.ready(), "s", cpu(start));
            } else {
                notebook.keep("start." + start.part(), "start of " + start.part(), start.ready() - start.begun(), "s");
                notebook.row(start.part(), "%.1f to %.1f%s".formatted(start.begun(), start.ready(), cpu(start)), "");
            }
        }
    }

    private static String cpu(Start start) {
        return start.cpu() > 0 ? ", " + Numbers.text(start.cpu(), "s of CPU") : "";
    }
}
