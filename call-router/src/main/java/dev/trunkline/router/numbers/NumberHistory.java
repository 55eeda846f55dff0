package dev.trunkline.router.numbers;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.trunkline.events.codec.EventJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the history of a number, the latest event first. Postgres records it regardless of who changes the number,
 * hides the secrets in it, and shows a tenant only the periods in which it had the number.
 */
final class NumberHistory {
    private static final String PAGE = " where phone_number = ? and id < ? order by id desc limit ?";
    private static final String FOR_ADMINS = "select id, happened_at, what, actor, actor_of is not null as by_tenant,"
            + " via, from_organisation_name, to_organisation_name, fields from number_events" + PAGE;
    private static final String FOR_TENANTS = "select id, happened_at, what, actor, false as by_tenant, via,"
            + " null as from_organisation_name, null as to_organisation_name, fields from number_history" + PAGE;

    private NumberHistory() {}

    static List<NumberEvent> forAdmin(Connection connection, String phoneNumber, HistoryPage page) throws SQLException {
        return read(connection, FOR_ADMINS, phoneNumber, page);
    }

    static List<NumberEvent> forTenant(Connection connection, String phoneNumber, HistoryPage page) throws SQLException {
        return read(connection, FOR_TENANTS, phoneNumber, page);
    }

    private static List<NumberEvent> read(Connection connection, String query, String phoneNumber, HistoryPage page)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, phoneNumber);
            statement.setLong(2, page.before());
            statement.setInt(3, page.limit());
            try (ResultSet row = statement.executeQuery()) {
                List<NumberEvent> events = new ArrayList<>();
                while (row.next()) {
                    events.add(new NumberEvent(
                            row.getLong("id"),
                            row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                            row.getString("what"),
                            Optional.ofNullable(row.getString("actor")),
                            Optional.of(row.getBoolean("by_tenant")).filter(yes -> yes),
                            Optional.ofNullable(row.getString("via")),
                            Optional.ofNullable(row.getString("from_organisation_name")),
                            Optional.ofNullable(row.getString("to_organisation_name")),
                            Optional.ofNullable(row.getString("fields")).map(NumberHistory::fields)));
                }
                return events;
            }
        }
    }

    private static List<NumberEvent.FieldChange> fields(String json) {
        try {
            // By hand, because a field that was absent differs from one that was null.
            return EventJson.MAPPER.readTree(json).valueStream()
                    .map(change -> new NumberEvent.FieldChange(
                            change.get("field").textValue(),
                            Optional.ofNullable(change.get("before")),
                            Optional.ofNullable(change.get("after"))))
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a number's history in Postgres is not readable", e);
        }
    }
}
