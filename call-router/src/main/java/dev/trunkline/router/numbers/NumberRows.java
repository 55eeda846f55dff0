package dev.trunkline.router.numbers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.directory.ConfigMerge;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads numbers on a connection: all of them as owner, those of one organisation as tenant. */
final class NumberRows {
    private static final String SELECT = """
            select n.phone_number, o.name as organisation, n.label, n.active, a.name as agent_instance, n.config_override,
                n.max_concurrent_calls, n.caller_rate_calls, n.caller_rate_window_seconds,
                n.own_concurrent_calls, n.own_rate_calls, n.own_rate_window_seconds, n.assigned_by, n.assigned_at,
                n.announcement, o.config as organisation_config, a.config as agent_config
            from numbers n
            left join organisations o on o.id = n.organisation_id
            left join agent_instances a on a.id = n.agent_instance_id
            """;

    private final Connection connection;
    private final ObjectNode suite;

    /** @param suite the lowest layer of the configuration */
    NumberRows(Connection connection, ObjectNode suite) {
        this.connection = connection;
        this.suite = suite;
    }

    /** Returns the numbers in their order; one more than the limit, if there are more. */
    List<NumberView> list(NumberFilter filter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + """
                where (?::text is null or o.name = ?)
                    and (?::boolean is null or (n.organisation_id is null) = ?)
                    and (?::boolean is null or n.active = ?)
                    and (?::text is null or position(lower(?) in lower(n.phone_number || ' ' || n.label)) > 0)
                    and (?::text is null or n.phone_number collate "C" > ?)
                order by n.phone_number collate "C" limit ?""")) {
            int next = 1;
            for (Object value : new Object[] {
                filter.organisation().orElse(null), filter.idle().orElse(null), filter.active().orElse(null),
                filter.search().orElse(null), filter.after().orElse(null)
            }) {
                statement.setObject(next++, value);
                statement.setObject(next++, value);
            }
            // One more than a page, to see whether there is a next.
            statement.setInt(next, filter.limit() + 1);
            List<NumberView> numbers = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    numbers.add(view(rows));
                }
            }
            return numbers;
        }
    }

    /** Returns a number with its configuration; empty if it does not exist, or is not the tenant's. */
    Optional<NumberView> find(String phoneNumber) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + "where n.phone_number = ?")) {
            statement.setString(1, phoneNumber);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(view(row).withConfiguration(configuration(row))) : Optional.empty();
            }
        }
    }

    private static NumberView view(ResultSet row) throws SQLException {
        return new NumberView(
                row.getString("phone_number"),
                Optional.ofNullable(row.getString("organisation")),
                row.getString("label"),
                row.getBoolean("active"),
                Optional.ofNullable(row.getString("agent_instance")),
                json(row.getString("config_override")),
                row.getInt("max_concurrent_calls"),
                rate(row, "caller_rate_calls", "caller_rate_window_seconds"),
                Optional.ofNullable(row.getString("announcement")).map(NumberRows::node),
                integer(row, "own_concurrent_calls"),
                rate(row, "own_rate_calls", "own_rate_window_seconds"),
                Optional.ofNullable(row.getString("assigned_by")),
                row.getObject("assigned_at", OffsetDateTime.class).toInstant(),
                OptionalInt.empty(),
                Optional.empty());
    }

    private NumberView.Configuration configuration(ResultSet row) throws SQLException {
        Optional<ObjectNode> organisation = Optional.ofNullable(row.getString("organisation_config")).map(NumberRows::json);
        Optional<ObjectNode> agent = Optional.ofNullable(row.getString("agent_config")).map(NumberRows::json);
        ObjectNode merged = suite;
        for (Optional<ObjectNode> layer : List.of(organisation, agent)) {
            merged = layer.isPresent() ? ConfigMerge.merge(merged, layer.get()) : merged;
        }
        merged = ConfigMerge.merge(merged, json(row.getString("config_override")));
        return new NumberView.Configuration(
                ConfigMerge.forCalls(suite), organisation.map(ConfigMerge::forCalls), agent.map(ConfigMerge::forCalls),
                ConfigMerge.forCalls(merged));
    }

    private static Optional<NumberView.Rate> rate(ResultSet row, String calls, String window) throws SQLException {
        OptionalInt most = integer(row, calls);
        return most.isEmpty()
                ? Optional.empty()
                : Optional.of(new NumberView.Rate(most.getAsInt(), row.getInt(window)));
    }

    private static OptionalInt integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) node(text);
    }

    private static JsonNode node(String text) {
        try {
            return EventJson.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document in Postgres is no JSON", e);
        }
    }
}
