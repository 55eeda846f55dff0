package dev.trunkline.console.desk;

import dev.trunkline.console.accounts.User;
import dev.trunkline.console.store.Columns;
import dev.trunkline.console.store.Database;
import dev.trunkline.events.CallId;
import dev.trunkline.events.OrganisationRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Records who has which call in the database, which all replicas of the console share. */
public final class DeskTakes {
    /** No call lasts as long, and a person who comes back to a call is recorded again. */
    private static final Duration KEPT = Duration.ofDays(2);
    /** The holder may release a call between the failed take and the lookup of the holder. */
    private static final int TRIES = 3;
    private static final String TAKE = """
            insert into desk_takes (call_id, account, organisation_id, room, taken_at) values (?, ?, ?, ?, ?)
            on conflict (call_id) do update set account = excluded.account, organisation_id = excluded.organisation_id, room = excluded.room,
              taken_at = excluded.taken_at
            where (desk_takes.account = excluded.account and desk_takes.organisation_id = excluded.organisation_id) or desk_takes.taken_at < ?""";

    private final Database database;

    /** @param organisationId empty for a user of the whole suite */
    public record Holder(String account, String organisationId) {
        public static Holder of(User user) {
            return new Holder(user.name(), user.organisation().map(OrganisationRef::id).orElse(""));
        }
    }

    /** @param at when the call was taken, or taken again by the same person */
    public record Taken(CallId callId, Holder holder, String room, Instant at) {}

    public DeskTakes(Database database) {
        this.database = database;
    }

    /**
     * Takes a call that nobody has, that the same person has, or whose holder took it too long ago.
     *
     * @param wish who wants it, for which room, and when
     * @param lapsed takes from before this time are ignored
     * @return who has it now
     */
    public Taken take(Taken wish, Instant lapsed) throws SQLException {
        for (int i = 0; i < TRIES; i++) {
            if (tryTake(wish, lapsed)) {
                return wish;
            }
            Optional<Taken> other = of(wish.callId());
            if (other.isPresent()) {
                return other.get();
            }
        }
        throw new SQLException("a call is being taken and released over and over");
    }

    private boolean tryTake(Taken wish, Instant lapsed) throws SQLException {
        return database.together(connection -> {
            run(connection, "delete from desk_takes where taken_at < ?", List.of(wish.at().minus(KEPT)));
            Holder holder = wish.holder();
            return run(connection, TAKE, List.of(
                    wish.callId().value(), holder.account(), holder.organisationId(), wish.room(), wish.at(), lapsed)) == 1;
        });
    }

    /** @return whether this person had it */
    public boolean letGo(CallId callId, Holder holder) throws SQLException {
        return database.with(connection -> run(
                connection, "delete from desk_takes where call_id = ? and account = ? and organisation_id = ?",
                List.of(callId.value(), holder.account(), holder.organisationId())) == 1);
    }

    public Optional<Taken> of(CallId callId) throws SQLException {
        return Optional.ofNullable(of(List.of(callId), new Holder("", "")).get(callId));
    }

    /** Looks up the holders of these calls, and all calls that this person has. */
    public Map<CallId, Taken> of(Collection<CallId> calls, Holder holder) throws SQLException {
        return database.with(connection -> {
            Map<CallId, Taken> taken = new HashMap<>();
            try (PreparedStatement statement = connection.prepareStatement(
                    "select * from desk_takes where call_id = any(?) or (account = ? and organisation_id = ?)")) {
                statement.setArray(1, connection.createArrayOf("uuid", calls.stream().map(CallId::value).toArray()));
                statement.setString(2, holder.account());
                statement.setString(3, holder.organisationId());
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        var callId = new CallId(row.getObject("call_id", UUID.class));
                        taken.put(callId, new Taken(
                                callId, new Holder(row.getString("account"), row.getString("organisation_id")), row.getString("room"),
                                Columns.instant(row, "taken_at")));
                    }
                }
            }
            return taken;
        });
    }

    private static int run(Connection connection, String sql, List<Object> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Columns.bind(statement, values);
            return statement.executeUpdate();
        }
    }
}
