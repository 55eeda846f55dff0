package dev.trunkline.edge.call;

import java.util.List;

/** The next state and the effects to carry out on the way to it, in order. */
public record Step(CallState next, List<Effect> effects) {

    public Step {
        effects = List.copyOf(effects);
    }

    static Step to(CallState next, Effect... effects) {
        return new Step(next, List.of(effects));
    }
}
