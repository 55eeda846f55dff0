package dev.trunkline.router.webhook;

import dev.trunkline.router.routing.WebhookResult.Instruction;
import java.util.List;
import java.util.Optional;

/**
 * An application's parsed answer.
 *
 * @param instruction of the first verb that decides; empty if none does
 * @param verbs every verb, in order, with its outcome
 */
public record Answer(Optional<Instruction> instruction, List<Verb> verbs) {
    static final String DIAL = "dial";

    public Answer {
        verbs = List.copyOf(verbs);
    }

    /**
     * @param where its place in the answer, {@code [0]} or, within a dial, {@code [0].target[1]}
     * @param name as answered; {@code dial target sip} for one of several targets of a dial
     * @param followed whether it decided the call
     * @param why what it leads to, or why it has no effect: one sentence
     */
    public record Verb(String where, String name, boolean followed, String why) {

        /** Returns whether this is a dial, or a target of one, for which nobody rings although the application's author expects it. */
        public boolean dialNotFollowed() {
            return !followed && (name.equals(DIAL) || name.startsWith(DIAL + " "));
        }
    }
}
