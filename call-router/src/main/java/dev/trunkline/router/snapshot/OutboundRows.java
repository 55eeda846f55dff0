package dev.trunkline.router.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.SealedTrunkAccounts;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.outbound.OutboundDefinition;
import dev.trunkline.router.outbound.OutboundReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the outbound trunks from Postgres, in the transaction of the connection. */
public final class OutboundRows {
    private static final String ROWS = """
            select t.id, t.name, t.organisation_id, o.name as organisation, t.inbound_trunk_id, i.name as inbound_trunk,
                t.definition, t.account
            from outbound_trunks t
                left join organisations o on o.id = t.organisation_id left join trunks i on i.id = t.inbound_trunk_id""";

    private OutboundRows() {}

    /** An outbound trunk, with the ids by which other parts know it. */
    public record Stored(
            String id, Optional<OrganisationRef> organisation, Optional<String> inboundId, OutboundDefinition definition) {}

    /** Returns all in the order of their names. */
    public static List<Stored> all(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ROWS + " order by t.name")) {
            return read(statement);
        }
    }

    /** Returns all of them in the form that a decision needs, in the order of their names. */
    static List<OutboundTrunk> withoutAccounts(Connection connection) throws SQLException {
        return all(connection).stream()
                .map(stored -> stored.definition().withoutAccount(stored.id(), stored.organisation(), stored.inboundId()))
                .toList();
    }

    /** Returns those that exist, in the form that the edge needs. */
    public static List<OutboundTrunk> forEdge(Connection connection, List<String> ids, SealedTrunkAccounts seals)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ROWS + " where t.id = any (?::uuid[]) order by t.id")) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            return read(statement).stream()
                    .map(stored -> stored.definition().forEdge(stored.id(), stored.organisation(), stored.inboundId(), seals))
                    .toList();
        }
    }

    private static List<Stored> read(PreparedStatement statement) throws SQLException {
        List<Stored> stored = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Optional<String> organisation = Optional.ofNullable(row.getString("organisation"));
                String organisationId = row.getString("organisation_id");
                stored.add(new Stored(
                        row.getString("id"),
                        organisation.map(name -> new OrganisationRef(organisationId, name)),
                        Optional.ofNullable(row.getString("inbound_trunk_id")),
                        definition(row, organisation)));
            }
        }
        return stored;
    }

    private static OutboundDefinition definition(ResultSet row, Optional<String> organisation) throws SQLException {
        try {
            ObjectNode json = EventJson.MAPPER.readValue(row.getString("definition"), ObjectNode.class);
            json.put("name", row.getString("name"));
            organisation.ifPresent(name -> json.put("organisation", name));
            json.put("inbound_trunk", row.getString("inbound_trunk"));
            String account = row.getString("account");
            if (account != null) {
                json.set("account", EventJson.MAPPER.readTree(account));
            }
            List<Fault> faults = new ArrayList<>();
            OutboundDefinition definition = OutboundReader.read(new Fields(json, "", faults));
            if (!faults.isEmpty()) {
                throw new IllegalStateException("an outbound trunk in Postgres is not valid: " + faults.getFirst().path());
            }
            return definition;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an outbound trunk in Postgres is not JSON", e);
        }
    }
}
