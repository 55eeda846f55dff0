package dev.trunkline.router.livekit;

import dev.trunkline.events.Agent;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A dispatch rule in LiveKit's terms, whichever form it was written in.
 *
 * @param path of the rule in the file
 * @param trunks our names; empty for a wildcard
 * @param room room name of a direct rule, else room prefix
 * @param randomFlag {@code no_randomness} of an individual rule, {@code randomize} of a callee rule
 * @param numbers the dialled numbers, empty for any
 * @param inboundNumbers the callers, empty for any
 * @param whenAgentLeaves our own {@code when_agent_leaves}, as written; empty for none
 * @param waitFor our own {@code wait_for}, as written; empty for none
 */
record LiveKitRule(
        String path,
        String name,
        List<String> trunks,
        Kind kind,
        String room,
        String pin,
        boolean randomFlag,
        List<String> numbers,
        List<String> inboundNumbers,
        boolean hidePhoneNumber,
        String metadata,
        Map<String, String> attributes,
        List<Agent> agents,
        String whenAgentLeaves,
        String waitFor) {

    /** LiveKit prefers them in this order. */
    enum Kind {
        DIRECT,
        INDIVIDUAL,
        CALLEE;

        /** Returns the name of LiveKit's field and the beginning of its message. */
        String field() {
            return "dispatch_rule_" + type();
        }

        /** Returns the {@code type} in a directory file. */
        String type() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean wildcard() {
        return trunks.isEmpty();
    }
}
