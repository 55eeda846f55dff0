package dev.trunkline.router.directory;

import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.RuleRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where calls go. Field names and their meaning are LiveKit's (wrapped form).
 *
 * @param organisationId only for numbers of this organisation; empty for any
 * @param trunkIds only for calls of these trunks; empty (a wildcard rule) for any
 * @param numbers the dialled numbers, each a number or a pattern with a trailing star; empty for any
 * @param inboundNumbers the callers, in the same form; empty for any
 * @param agents dispatched by name; empty leaves it to LiveKit's automatic dispatch
 * @param metadata for agents that have none of their own
 * @param patienceSeconds how long to wait for an agent, 1 or more
 * @param priority the higher goes first
 * @param createdAt of two rules that are alike, the older goes first
 */
public record DispatchRule(
        String id,
        String name,
        Optional<String> organisationId,
        List<String> trunkIds,
        List<String> numbers,
        List<String> inboundNumbers,
        RoomChoice room,
        List<Agent> agents,
        String metadata,
        AnswerPolicy answerPolicy,
        int patienceSeconds,
        int priority,
        Instant createdAt) {

    public DispatchRule {
        trunkIds = List.copyOf(trunkIds);
        numbers = List.copyOf(numbers);
        inboundNumbers = List.copyOf(inboundNumbers);
        agents = List.copyOf(agents);
    }

    public RuleRef ref() {
        return new RuleRef(id, name);
    }

    public boolean wildcard() {
        return trunkIds.isEmpty();
    }
}
