package dev.trunkline.events.words;

import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardTarget;
import java.util.stream.Collectors;

/** Describes in words where a call is forwarded. */
public final class ForwardWords {
    private ForwardWords() {}

    /** For example {@code +3225550191 and 1000 for 25 s, then sip:sales@pbx.example for 20 s}. */
    public static String of(ForwardPlan plan) {
        return plan.rounds().stream()
                .map(round -> round.targets().stream().map(ForwardTarget::to).collect(Collectors.joining(" and "))
                        + " for " + round.ringingSeconds() + " s")
                .collect(Collectors.joining(", then "));
    }
}
