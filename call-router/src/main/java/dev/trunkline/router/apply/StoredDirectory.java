package dev.trunkline.router.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.apply.DirectoryFile.AgentInstanceEntry;
import dev.trunkline.router.apply.DirectoryFile.NumberEntry;
import dev.trunkline.router.apply.DirectoryFile.OrganisationEntry;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.rules.AnnouncementForm;
import dev.trunkline.router.rules.RuleDefinitions;
import dev.trunkline.router.snapshot.DirectoryReader;
import dev.trunkline.router.snapshot.OutboundRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The contents of Postgres in the form of a file. This is not quite what decisions use: its limits are those that the
 * administrator grants, even if a tenant wants less, and it includes free numbers.
 */
final class StoredDirectory {
    private static final String NUMBERS = """
            select n.phone_number, n.organisation_id, n.active, n.label, a.name as agent_instance, n.config_override,
                n.max_concurrent_calls, n.caller_rate_calls, n.caller_rate_window_seconds, n.announcement
            from numbers n left join agent_instances a on a.id = n.agent_instance_id order by n.phone_number""";
    /** Takes the place of a free number's organisation. */
    private static final String NOBODY = "";

    private StoredDirectory() {}

    /** Reads the directory as the transaction of the connection sees it. */
    static DirectoryFile read(Connection connection) throws SQLException {
        Directory directory = DirectoryReader.readIn(connection);
        Map<String, List<NumberEntry>> numbers = numbers(connection);
        return new DirectoryFile(
                directory.organisations().values().stream()
                        .sorted(Comparator.comparing(Organisation::name))
                        .map(organisation -> organisation(
                                organisation, directory, numbers.getOrDefault(organisation.id(), List.of())))
                        .toList(),
                numbers.getOrDefault(NOBODY, List.of()),
                directory.trunks().values().stream()
                        .map(view -> trunk(view.trunk()))
                        .sorted(Comparator.comparing(InboundTrunk::name))
                        .toList(),
                OutboundRows.all(connection).stream().map(OutboundRows.Stored::definition).toList(),
                directory.rules().stream()
                        .map(rule -> RuleDefinitions.of(
                                rule,
                                id -> directory.organisation(id).map(Organisation::name).orElse(id),
                                // A trunk that no longer exists appears under its id, so that nobody takes the rule for
                                // a wildcard.
                                id -> directory.trunk(id).map(view -> view.trunk().name()).orElse(id)))
                        .toList(),
                List.of(),
                Set.of());
    }

    private static OrganisationEntry organisation(
            Organisation organisation, Directory directory, List<NumberEntry> numbers) {
        return new OrganisationEntry(
                organisation.name(),
                organisation.config(),
                organisation.maxConcurrentCalls(),
                organisation.callerRate(),
                directory.agentInstances().values().stream()
                        .filter(instance -> instance.organisationId().equals(organisation.id()))
                        .map(instance -> new AgentInstanceEntry(instance.name(), instance.config()))
                        .sorted(Comparator.comparing(AgentInstanceEntry::name))
                        .toList(),
                numbers);
    }

    private static InboundTrunk trunk(InboundTrunk trunk) {
        return new InboundTrunk(
                "",
                trunk.name(),
                // Postgres writes IPv6 addresses differently.
                trunk.addresses().stream().map(Network::parse).toList(),
                trunk.country(),
                trunk.headersToRoom(),
                trunk.numbers(),
                trunk.allowedNumbers(),
                trunk.internationalPrefixes(),
                trunk.nationalPrefixes(),
                trunk.calledFrom(),
                trunk.callerFrom(),
                trunk.transports(),
                trunk.codecs(),
                trunk.users(),
                trunk.maxInvitesPerSecond(),
                trunk.maxEarlyCalls(),
                trunk.mediaFrom(),
                trunk.trialCalls(),
                trunk.transferWay(),
                trunk.attributesToHeaders());
    }

    /** Returns the numbers by organisation. */
    private static Map<String, List<NumberEntry>> numbers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(NUMBERS)) {
            Map<String, List<NumberEntry>> numbers = new HashMap<>();
            while (row.next()) {
                String organisation = Optional.ofNullable(row.getString("organisation_id")).orElse(NOBODY);
                numbers.computeIfAbsent(organisation, id -> new ArrayList<>()).add(number(row));
            }
            return numbers;
        }
    }

    private static NumberEntry number(ResultSet row) throws SQLException {
        int calls = row.getInt("caller_rate_calls");
        Optional<CallRate> rate = row.wasNull()
                ? Optional.empty()
                : Optional.of(new CallRate(calls, row.getInt("caller_rate_window_seconds")));
        return new NumberEntry(
                row.getString("phone_number"),
                row.getString("label"),
                row.getBoolean("active"),
                Optional.ofNullable(row.getString("agent_instance")),
                config(row.getString("config_override")),
                row.getInt("max_concurrent_calls"),
                rate,
                Optional.ofNullable(row.getString("announcement")).map(text -> AnnouncementForm.parse(json(text))));
    }

    private static ObjectNode config(String text) {
        return (ObjectNode) json(text);
    }

    private static JsonNode json(String text) {
        try {
            return EventJson.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document in Postgres is not JSON", e);
        }
    }
}
