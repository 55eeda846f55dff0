package dev.trunkline.console.ladder;

import dev.trunkline.console.store.Columns;
import dev.trunkline.console.store.Database;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code call_messages}. */
public final class MessageTables {
    /** Messages shown of one call. */
    private static final int MOST = 500;
    private static final int DIGEST = 12;

    private final Database database;

    public MessageTables(Database database) {
        this.database = database;
    }

    /** Writes all messages or none; one that is there already is kept. */
    void write(List<CallMessage> messages) throws SQLException {
        database.together(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into call_messages (call_id, at, edge, digest, sent, transport, local, remote, text, cut)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
                for (CallMessage message : messages) {
                    Columns.bind(insert, List.of(
                            message.callId().value(), message.at(), message.edge(), digest(message), message.sent(), message.transport(),
                            message.local(), message.remote(), message.text().replace("\0", ""), message.cut()));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            return null;
        });
    }

    private static byte[] digest(CallMessage message) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest((message.sent() + message.remote() + message.text()).getBytes(StandardCharsets.UTF_8));
            return java.util.Arrays.copyOf(all, DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each JDK has SHA-256", e);
        }
    }

    /** Returns the messages of a call in chronological order. */
    List<CallMessage> of(CallId call) throws SQLException {
        return database.with(connection -> {
            List<CallMessage> messages = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(
                    "select * from call_messages where call_id = ? order by at, digest limit " + MOST)) {
                statement.setObject(1, call.value());
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        messages.add(new CallMessage(
                                call, row.getString("edge"), Columns.instant(row, "at"), row.getBoolean("sent"), row.getString("transport"),
                                row.getString("local"), row.getString("remote"), row.getString("text"), row.getBoolean("cut")));
                    }
                }
            }
            return messages;
        });
    }

    /** When the last stored message was received or sent. */
    Optional<Instant> last() throws SQLException {
        return database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select max(at) as at from call_messages");
                    ResultSet row = statement.executeQuery()) {
                return row.next() ? Columns.maybeInstant(row, "at") : Optional.empty();
            }
        });
    }

    /** Deletes messages from before this time. */
    void forget(Instant before) throws SQLException {
        database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("delete from call_messages where at < ?")) {
                Columns.bind(statement, List.of(before));
                return statement.executeUpdate();
            }
        });
    }
}
