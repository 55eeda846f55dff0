package dev.trunkline.edge.call;

import java.util.ArrayList;

/** Puts steps together. */
final class Steps {
    private Steps() {}

    static Step before(Effect first, Step step) {
        var effects = new ArrayList<Effect>(step.effects().size() + 1);
        effects.add(first);
        effects.addAll(step.effects());
        return new Step(step.next(), effects);
    }
}
