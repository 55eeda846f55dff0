package dev.trunkline.router.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.store.Transactions;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads the whole directory from Postgres, as of one moment. */
public final class DirectoryReader {
    private static final String ORGANISATIONS =
            "select id, name, config, max_concurrent_calls, caller_rate_calls, caller_rate_window_seconds"
                    + " from organisations order by name";
    private static final String NUMBERS =
            "select phone_number, organisation_id, active, label, config_override,"
                    + " least(max_concurrent_calls, own_concurrent_calls) as max_concurrent_calls,"
                    + " case when caller_rate_calls > 0 then least(caller_rate_calls, own_rate_calls) end"
                    + " as caller_rate_calls,"
                    + " greatest(caller_rate_window_seconds, own_rate_window_seconds) as caller_rate_window_seconds"
                    + " from numbers where organisation_id is not null order by phone_number";
    private static final String TRUNKS =
            "select id, name, addresses::text[], country, headers_to_room, numbers, allowed_numbers"
                    + " from trunks";
    private static final String RULES =
            "select id, name, organisation_id, trunk_ids::text[], definition, priority, created_at from rules"
                    + " order by name";

    private final Transactions transactions;

    public DirectoryReader(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The version in Postgres, which rises with each change. */
    public long version() throws SQLException {
        return transactions.asOwner(connection -> {
            try (Statement statement = connection.createStatement()) {
                return version(statement);
            }
        });
    }

    public Directory read() throws SQLException {
        return transactions.asOwner(DirectoryReader::read);
    }

    private static Directory read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // One snapshot for all tables and their version.
            statement.execute("set transaction isolation level repeatable read read only");
            return Directory.of(
                    version(statement),
                    all(statement, ORGANISATIONS, DirectoryReader::organisation),
                    all(statement, NUMBERS, DirectoryReader::number),
                    all(statement, TRUNKS + " order by name", DirectoryReader::trunk),
                    all(statement, RULES, DirectoryReader::rule));
        }
    }

    /** Those of the trunks that exist, in the transaction of the connection. */
    public static List<InboundTrunk> trunks(Connection connection, List<String> ids) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(TRUNKS + " where id = any (?::uuid[]) order by id")) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            return rows(statement.executeQuery(), DirectoryReader::trunk);
        }
    }

    private static long version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select version from directory_version")) {
            row.next();
            return row.getLong(1);
        }
    }

    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> all(Statement statement, String query, Row<T> reader) throws SQLException {
        return rows(statement.executeQuery(query), reader);
    }

    private static <T> List<T> rows(ResultSet rows, Row<T> reader) throws SQLException {
        try (rows) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        }
    }

    private static Organisation organisation(ResultSet row) throws SQLException {
        return new Organisation(
                row.getString("id"),
                row.getString("name"),
                json(row.getString("config")),
                optionalInt(row, "max_concurrent_calls"),
                rate(row));
    }

    private static PhoneNumber number(ResultSet row) throws SQLException {
        return new PhoneNumber(
                row.getString("phone_number"),
                row.getString("organisation_id"),
                row.getBoolean("active"),
                row.getString("label"),
                json(row.getString("config_override")),
                row.getInt("max_concurrent_calls"),
                rate(row));
    }

    private static InboundTrunk trunk(ResultSet row) throws SQLException {
        return new InboundTrunk(
                row.getString("id"),
                row.getString("name"),
                texts(row.getArray("addresses")),
                Optional.ofNullable(row.getString("country")),
                texts(row.getArray("headers_to_room")),
                texts(row.getArray("numbers")),
                texts(row.getArray("allowed_numbers")));
    }

    private static DispatchRule rule(ResultSet row) throws SQLException {
        return new DispatchRule(
                row.getString("id"),
                row.getString("name"),
                Optional.ofNullable(row.getString("organisation_id")),
                texts(row.getArray("trunk_ids")),
                terms(json(row.getString("definition"))),
                row.getInt("priority"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static RuleTerms terms(ObjectNode definition) {
        String type = definition.path("type").textValue();
        String room = definition.path(type.equals("direct") ? "room_name" : "room_prefix").textValue();
        return new RuleTerms(
                texts(definition.path("numbers")),
                texts(definition.path("inbound_numbers")),
                new Destination.Room(RoomChoice.of(type, room), false),
                agents(definition.path("agents").toString()),
                definition.path("metadata").textValue(),
                EventJson.MAPPER.createObjectNode(),
                false,
                Optional.empty(),
                Optional.empty(),
                answerPolicy(definition.path("answer_policy").textValue()),
                definition.path("patience_seconds").intValue(),
                List.of());
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::textValue).toList();
    }

    private static AnswerPolicy answerPolicy(String code) {
        return Stream.of(AnswerPolicy.values())
                .filter(policy -> policy.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("answer policy " + code));
    }

    private static List<Agent> agents(String text) {
        try {
            return EventJson.MAPPER.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("agents of a rule in Postgres are not agents", e);
        }
    }

    private static ObjectNode json(String text) {
        try {
            return EventJson.MAPPER.readValue(text, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("configuration in Postgres is not a JSON object", e);
        }
    }

    private static OptionalInt optionalInt(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static Optional<CallRate> rate(ResultSet row) throws SQLException {
        int calls = row.getInt("caller_rate_calls");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new CallRate(calls, row.getInt("caller_rate_window_seconds")));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
