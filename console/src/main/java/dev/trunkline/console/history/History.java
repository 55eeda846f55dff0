package dev.trunkline.console.history;

import dev.trunkline.console.accounts.User;
import dev.trunkline.console.calls.CallIds;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.console.store.Columns;
import dev.trunkline.console.store.Database;
import dev.trunkline.console.store.OrganisationNames;
import dev.trunkline.events.CallId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The finished calls. A call that a user may not see does not exist for that user. */
public final class History {
    private final Database database;

    /** @param next value for the parameter {@code after} of the next page; empty if this is the last page */
    public record Page(List<PastCall> calls, Optional<String> next) {}

    public History(Database database) {
        this.database = database;
    }

    /**
     * Returns the matching calls, newest first.
     *
     * @param parameters of {@link HistoryFilter}
     * @param after the {@code next} of the previous page
     */
    public Page page(User user, Map<String, String> parameters, Optional<String> after, int limit) throws SQLException {
        HistoryFilter filter = HistoryFilter.of(user, parameters);
        if (parameters.containsKey("organisation")) {
            filter.organisationIs(database.with(connection -> OrganisationNames.ids(connection, parameters.get("organisation"))));
        }
        after.map(PageKey::of).ifPresent(key -> filter.add("(received_at, call_id) < (?, ?)", key.receivedAt(), key.callId()));
        List<PastCall> calls = database.with(connection -> new Finding(connection, filter, limit + 1).calls());
        if (calls.size() <= limit) {
            return new Page(calls, Optional.empty());
        }
        PastCall last = calls.get(limit - 1);
        return new Page(List.copyOf(calls.subList(0, limit)), Optional.of(new PageKey(last.receivedAt(), last.callId()).text()));
    }

    /** @throws Refused if the user sees no such call */
    public CallDetail one(User user, String id) throws SQLException {
        UUID callId = CallIds.of(id).map(CallId::value).orElseThrow(History::unknown);
        HistoryFilter filter = HistoryFilter.of(user, Map.of());
        filter.add("call_id = ?", callId);
        return database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "select %s from calls where %s".formatted(PastCall.COLUMNS, filter.where()))) {
                Columns.bind(statement, filter.values());
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        throw unknown();
                    }
                    return new CallDetail(
                            PastCall.of(row), quality(row), notes(connection, callId), legs(connection, user, callId),
                            Columns.maybeId(row, "parent"));
                }
            }
        });
    }

    private static Refused unknown() {
        return Refused.unknown("There is no finished call with this id: GET /api/v1/history lists the finished calls.");
    }

    private static Optional<CallDetail.Quality> quality(ResultSet row) throws SQLException {
        Optional<Double> mos = Columns.maybeDouble(row, "mos");
        if (mos.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CallDetail.Quality(
                mos.get(), row.getDouble("jitter_millis"), row.getLong("lost"), Columns.maybeLong(row, "packets_received"),
                Columns.maybeLong(row, "packets_sent")));
    }

    private static List<CallDetail.Note> notes(Connection connection, UUID callId) throws SQLException {
        List<CallDetail.Note> notes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("select at, by, text from notes where call_id = ? order by at, id")) {
            statement.setObject(1, callId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    notes.add(new CallDetail.Note(Columns.instant(row, "at"), row.getString("by"), row.getString("text")));
                }
            }
        }
        return notes;
    }

    private static List<UUID> legs(Connection connection, User user, UUID callId) throws SQLException {
        List<UUID> legs = new ArrayList<>();
        HistoryFilter filter = HistoryFilter.of(user, Map.of());
        filter.add("parent = ?", callId);
        try (PreparedStatement statement = connection.prepareStatement(
                "select call_id from calls where %s order by received_at, call_id".formatted(filter.where()))) {
            Columns.bind(statement, filter.values());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    legs.add(row.getObject(1, UUID.class));
                }
            }
        }
        return legs;
    }

    /** @param callId of a call that the user sees, finished or not */
    public CallDetail.Note note(User user, UUID callId, String text, Instant at) throws SQLException {
        return database.with(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("insert into notes (id, call_id, at, by, text) values (?, ?, ?, ?, ?)")) {
                Columns.bind(statement, List.of(UUID.randomUUID(), callId, at, user.name(), text));
                statement.executeUpdate();
            }
            return new CallDetail.Note(at, user.name(), text);
        });
    }
}
