package dev.trunkline.router.routing;

import dev.trunkline.events.TraceStep;
import java.util.ArrayList;
import java.util.List;

/** Collects the steps of one decision, in words that a person can act on. Never contains a caller's number. */
final class Trace {
    private final List<TraceStep> steps;

    Trace() {
        steps = new ArrayList<>(16);
    }

    /** Continues where a decision was suspended. */
    Trace(List<TraceStep> before) {
        steps = new ArrayList<>(before);
    }

    void add(String step, String detail) {
        steps.add(new TraceStep(step, detail));
    }

    List<TraceStep> steps() {
        return List.copyOf(steps);
    }
}
