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
 * Finds the newest calls that match a filter. A search can use one of two indexes: the index on time is fast if many calls match, the
 * index on words if few do. Postgres would choose by the expected number of rows, regardless of how old they are: for an agent's calls of
 * a year ago it would scan back from today, through all calls since. So the newest calls are scanned first, and then the index on words
 * finds all matches.
 */
final class Finding {
    /** How many of the newest calls are scanned. */
    private static final int LOOKED_THROUGH = 20_000;
    /** If more calls than this match the words, sorting them takes longer than a user should wait. */
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

    /** Returns the matching calls, newest first. */
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

    /** Returns empty if there are too many. */
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
