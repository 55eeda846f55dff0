package dev.trunkline.router.messages;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The accesses to an organisation's messages, on a tenant's connection. */
final class MessageAccesses {
    /** The most that are returned, the latest first. */
    static final int MOST = 200;

    private MessageAccesses() {}

    static void write(Connection connection, UUID organisation, UUID message, String what) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into message_accesses (organisation_id, message_id, what) values (?, ?, ?)")) {
            statement.setObject(1, organisation);
            statement.setObject(2, message);
            statement.setString(3, what);
            statement.executeUpdate();
        }
    }

    static List<MessageAccess> latest(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select happened_at, actor, message_id, what from message_accesses order by id desc limit " + MOST);
                ResultSet row = statement.executeQuery()) {
            List<MessageAccess> accesses = new ArrayList<>();
            while (row.next()) {
                accesses.add(new MessageAccess(
                        row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2), row.getString(3), row.getString(4)));
            }
            return accesses;
        }
    }
}
