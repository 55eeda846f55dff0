package dev.trunkline.router.routing;

import dev.trunkline.router.directory.DispatchRule;
import java.util.Optional;

/**
 * Two rules that would both take a call.
 *
 * @param winner the rule that takes it
 * @param other the rule that does not
 * @param trunk name of a trunk on which they overlap
 * @param called a dialled number that both take, as the trunk's number plan reads it
 * @param caller a caller that both take; empty if both take any
 * @param decidedBy why the winner goes first
 * @param shadowed whether the other is the more specific one, which will surprise its author
 */
public record Overlap(
        DispatchRule winner, DispatchRule other, String trunk, String called, Optional<String> caller, DecidedBy decidedBy,
        boolean shadowed) {

    /** Why one of two fitting rules goes first, the most explicit intention first. */
    public enum DecidedBy {
        /** It names the trunk, and the other is a wildcard rule. */
        TRUNK,
        /** Its priority is higher. */
        PRIORITY,
        /** It restricts more, or names the number more closely. */
        SPECIFIC,
        /** It is older: nothing in the rules tells them apart. */
        AGE
    }

    /** Returns whether nothing in the rules tells which of the two is meant. */
    public boolean ambiguous() {
        return decidedBy == DecidedBy.AGE;
    }

    /** Returns whether they are in the order that their authors intend: the more specific one first, or one that somebody put first. */
    public boolean asIntended() {
        return !ambiguous() && !shadowed;
    }

    /** Returns one sentence for the author of either rule; contains a caller's number if a rule does. */
    public String sentence() {
        return "Rules %s and %s would both take a call to %s%s on trunk %s: %s takes it, because %s."
                .formatted(
                        winner.name(), other.name(), called, caller.map(from -> " from " + from).orElse(""), trunk,
                        winner.name(), why());
    }

    private String why() {
        return switch (decidedBy) {
            case TRUNK -> "it names the trunk and the other is a wildcard rule";
            case PRIORITY -> "its priority is %d and the other's is %d".formatted(winner.priority(), other.priority());
            case SPECIFIC -> "it is more specific";
            case AGE -> "it is older; to choose, give one of them a higher priority";
        };
    }
}
