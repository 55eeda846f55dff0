package dev.trunkline.router.numbers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads who had a number when, the latest first. A tenant may read of its own times only that and when they were. */
final class NumberHistory {
    private static final int MOST = 1_000;
    private static final String FOR_ADMINS =
            "select happened_at, what, actor, from_organisation_name, to_organisation_name from number_assignments"
                    + " where phone_number = ? order by id desc limit " + MOST;
    private static final String FOR_TENANTS =
            "select happened_at, what, null as actor, null as from_organisation_name, null as to_organisation_name"
                    + " from number_assignments where phone_number = ? order by id desc limit " + MOST;

    private NumberHistory() {}

    static List<Assignment> forAdmin(Connection connection, String phoneNumber) throws SQLException {
        return read(connection, FOR_ADMINS, phoneNumber);
    }

    static List<Assignment> forTenant(Connection connection, String phoneNumber) throws SQLException {
        return read(connection, FOR_TENANTS, phoneNumber);
    }

    private static List<Assignment> read(Connection connection, String query, String phoneNumber) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, phoneNumber);
            try (ResultSet row = statement.executeQuery()) {
                List<Assignment> assignments = new ArrayList<>();
                while (row.next()) {
                    assignments.add(new Assignment(
                            row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                            row.getString("what"),
                            Optional.ofNullable(row.getString("actor")),
                            Optional.ofNullable(row.getString("from_organisation_name")),
                            Optional.ofNullable(row.getString("to_organisation_name"))));
                }
                return assignments;
            }
        }
    }
}
