package dev.trunkline.edge.call;

import java.util.ArrayList;
import java.util.List;

/** Combines steps. */
final class Steps {
    private Steps() {}

    static Step after(Step step, List<Effect> more) {
        var effects = new ArrayList<>(step.effects());
        effects.addAll(more);
        return new Step(step.next(), effects);
    }

    static Step before(Effect first, Step step) {
        var effects = new ArrayList<Effect>(step.effects().size() + 1);
        effects.add(first);
        effects.addAll(step.effects());
        return new Step(step.next(), effects);
    }
}
