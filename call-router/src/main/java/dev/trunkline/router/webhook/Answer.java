package dev.trunkline.router.webhook;

import dev.trunkline.router.routing.WebhookResult.Instruction;
import java.util.List;
import java.util.Optional;

/**
 * An application's answer, read.
 *
 * @param instruction of the first verb that decides; empty if none does
 * @param verbs every verb, in order, with what became of it
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
     * @param why what follows from it, or why nothing does: one sentence
     */
    public record Verb(String where, String name, boolean followed, String why) {

        /** A dial, or a target of one, that nobody rings: the application's author believes that somebody does. */
        public boolean dialNotFollowed() {
            return !followed && (name.equals(DIAL) || name.startsWith(DIAL + " "));
        }
    }
}
