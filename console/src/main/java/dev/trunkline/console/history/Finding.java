package dev.trunkline.console.history;

import dev.trunkline.console.store.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest calls that a filter lets through. Two indexes can find what is searched for: that of the time, quickly where many calls have it,
 * and that of the words, where few do. Postgres would choose by how many it expects and not by when they were: an agent's calls of a year ago
 * it would look for from today on, through all calls since. So the newest are looked through first, and then the words say all that there are.
 */
final class Finding {
    /** Of the newest calls, so many are looked through. */
    private static final int LOOKED_THROUGH = 20_000;
    /** More than so many that have the words are too many to be sorted while somebody waits. */
    private static final int MOST_FOUND = 100_000;
    private static final String NEWEST = " order by received_at desc, call_id desc limit %d";

    private final Connection connection;
    private final HistoryFilter filter;
    private final int limit;

    Finding(Connection connection, HistoryFilter filter, int limit) {
        this.connection = connection;
        this.filter = filter;
        this.limit = limit;
    }

    /** The newest first. */
    List<PastCall> calls() throws SQLException {
        if (filter.searches()) {
            List<PastCall> calls = amongTheNewest();
            if (calls.size() == limit) {
                return calls;
            }
            Optional<List<PastCall>> those = byTheirWords();
            if (those.isPresent()) {
                return those.get();
            }
        }
        return read("select %s from calls where %s".formatted(PastCall.COLUMNS, filter.where()) + NEWEST.formatted(limit), PastCall::of);
    }

    private List<PastCall> amongTheNewest() throws SQLException {
        return read("select %s from (select * from calls where %s%s) calls where %s%s".formatted(
                PastCall.COLUMNS, filter.whereBeside(), NEWEST.formatted(LOOKED_THROUGH), filter.whereFound(), NEWEST.formatted(limit)), PastCall::of);
    }

    /** Empty where there are too many. */
    private Optional<List<PastCall>> byTheirWords() throws SQLException {
        record Found(PastCall call, long all) {}
        List<Found> found = read("""
                with found as materialized (select call_id, received_at from calls where %s limit %d)
                select %s, (select count(*) from found) as all_found from calls where call_id in (select call_id from found%s)%s""".formatted(
                filter.where(), MOST_FOUND, PastCall.COLUMNS, NEWEST.formatted(limit), NEWEST.formatted(limit)),
                row -> new Found(PastCall.of(row), row.getLong("all_found")));
        return found.stream().anyMatch(one -> one.all() == MOST_FOUND)
                ? Optional.empty()
                : Optional.of(found.stream().map(Found::call).toList());
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String query, Reading<T> reading) throws SQLException {
        List<T> read = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            Columns.bind(statement, filter.values());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    read.add(reading.of(row));
                }
            }
        }
        return read;
    }
}
