package dev.trunkline.router.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.directory.AnnouncementChoice;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.outbound.OutboundDefinition;
import dev.trunkline.router.rules.RuleDefinition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A directory, or a part of one, as an operator writes it: items refer to each other by name. A field that is left out
 * has its default, even if the item exists already; items that are left out stay as they are.
 *
 * @param numbers free ones, which no organisation has
 * @param trunks without ids, which are not part of a file
 * @param unlimited numbers without {@code max_concurrent_calls}, which therefore take one call at a time
 * @param warnings about values that may have been read differently from what was intended
 */
public record DirectoryFile(
        List<OrganisationEntry> organisations,
        List<NumberEntry> numbers,
        List<InboundTrunk> trunks,
        List<OutboundDefinition> outboundTrunks,
        List<RuleDefinition> rules,
        List<Fault> warnings,
        Set<String> unlimited) {

    public DirectoryFile {
        organisations = List.copyOf(organisations);
        numbers = List.copyOf(numbers);
        trunks = List.copyOf(trunks);
        outboundTrunks = List.copyOf(outboundTrunks);
        rules = List.copyOf(rules);
        warnings = List.copyOf(warnings);
        unlimited = Set.copyOf(unlimited);
    }

    public record OrganisationEntry(
            String name,
            ObjectNode config,
            OptionalInt maxConcurrentCalls,
            Optional<CallRate> callerRate,
            List<AgentInstanceEntry> agentInstances,
            List<NumberEntry> numbers) {}

    public record AgentInstanceEntry(String name, ObjectNode config) {}

    /** @param agentInstance name of one of the same organisation */
    public record NumberEntry(
            String phoneNumber,
            String label,
            boolean active,
            Optional<String> agentInstance,
            ObjectNode configOverride,
            int maxConcurrentCalls,
            Optional<CallRate> callerRate,
            Optional<AnnouncementChoice> announcement) {}
}
