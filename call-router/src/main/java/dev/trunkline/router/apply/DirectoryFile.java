package dev.trunkline.router.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.RoomChoice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A directory, or a part of one, as an operator writes it: items refer to each other by name. A field that is left out
 * has its default, also where the item exists already; items that are left out stay as they are.
 */
public record DirectoryFile(List<OrganisationEntry> organisations, List<TrunkEntry> trunks, List<RuleEntry> rules) {

    public record OrganisationEntry(
            String name,
            ObjectNode config,
            OptionalInt maxConcurrentCalls,
            Optional<CallRate> callerRate,
            List<NumberEntry> numbers) {}

    public record NumberEntry(
            String phoneNumber,
            String label,
            boolean active,
            ObjectNode configOverride,
            int maxConcurrentCalls,
            Optional<CallRate> callerRate) {}

    public record TrunkEntry(
            String name,
            List<String> addresses,
            Optional<String> country,
            List<String> headersToRoom,
            List<String> numbers,
            List<String> allowedNumbers) {}

    /** @param trunks names; empty for a wildcard rule */
    public record RuleEntry(
            String name,
            Optional<String> organisation,
            List<String> trunks,
            List<String> numbers,
            List<String> inboundNumbers,
            RoomChoice room,
            List<Agent> agents,
            String metadata,
            AnswerPolicy answerPolicy,
            int patienceSeconds,
            int priority) {}
}
