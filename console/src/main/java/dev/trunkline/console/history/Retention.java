package dev.trunkline.console.history;

import dev.trunkline.console.accounts.User;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.console.store.Columns;
import dev.trunkline.console.store.Database;
import dev.trunkline.events.OrganisationRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long calls are kept, with their events, notes and messages. Their figures are deleted with them, because counts follow the calls.
 * Calls that Kafka still has come back in a rebuild, and are deleted again.
 */
public final class Retention {
    /** Calls deleted in one transaction. */
    public static final int SLICE = 1_000;

    private static final int LONGEST_DAYS = 3_650;
    private static final String GO = """
            with old as materialized (%s),
            events as (delete from call_events e using old where e.call_id = old.call_id),
            gone_notes as (delete from notes n using old where n.call_id = old.call_id),
            messages as (delete from call_messages m using old where m.call_id = old.call_id)
            delete from calls c using old where c.call_id = old.call_id""";
    private static final String OF_ORGANISATIONS = """
            select c.call_id from retentions r
            cross join lateral (select call_id from calls
              where organisation_id = r.organisation_id and received_at < ?::timestamptz - r.days * interval '1 day' limit %1$d) c limit %1$d"""
            .formatted(SLICE);
    private static final String OF_OTHERS = """
            select c.call_id from (select distinct organisation_id from organisation_names n
              where not exists (select from retentions r where r.organisation_id = n.organisation_id)) o
            cross join lateral (select call_id from calls where organisation_id = o.organisation_id and received_at < ? limit %1$d) c limit %1$d"""
            .formatted(SLICE);
    private static final String OF_NOBODY =
            "select call_id from calls where organisation_id is null and received_at < ? limit " + SLICE;

    private final Database database;
    private final Optional<Duration> usual;

    /** @param days whole days @param setBy user who set it */
    public record Own(String organisation, int days, Instant setAt, String setBy) {}

    /** @param usualDays for organisations without a setting of their own; empty: forever */
    public record Shown(Optional<Integer> usualDays, List<Own> organisations) {}

    /** @param usual for organisations without a setting of their own, and for calls that belong to no organisation; empty: forever */
    public Retention(Database database, Optional<Duration> usual) {
        this.database = database;
        this.usual = usual;
    }

    Shown shown(User user) throws SQLException {
        return database.with(connection -> {
            Optional<String> organisation = user.organisation().map(OrganisationRef::id);
            try (PreparedStatement statement = connection.prepareStatement(
                    "select * from retentions where ?::text is null or organisation_id = ? order by organisation")) {
                Columns.bind(statement, List.of(organisation, organisation));
                List<Own> own = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        own.add(new Own(row.getString("organisation"), row.getInt("days"), Columns.instant(row, "set_at"), row.getString("set_by")));
                    }
                }
                return new Shown(usualDays(), own);
            }
        });
    }

    private Optional<Integer> usualDays() {
        return usual.map(time -> (int) time.toDays());
    }

    /** @param days empty: back to the default @throws Refused for a value that the user may not set */
    void set(User user, OrganisationRef organisation, Optional<Integer> days, Instant at) throws SQLException {
        if (days.filter(count -> count < 1 || count > LONGEST_DAYS).isPresent()) {
            throw Refused.malformed("days must be from 1 to %d; leave it out for the default.".formatted(LONGEST_DAYS));
        }
        if (user.organisation().isPresent() && days.flatMap(count -> usualDays().filter(most -> count > most)).isPresent()) {
            throw Refused.forbidden("Only an admin can have calls kept for longer than %d days.".formatted(usualDays().orElseThrow()));
        }
        database.with(connection -> {
            String sql = days.isEmpty()
                    ? "delete from retentions where organisation_id = ?"
                    : """
                      insert into retentions (organisation_id, organisation, days, set_at, set_by) values (?, ?, ?, ?, ?)
                      on conflict (organisation_id) do update set organisation = excluded.organisation, days = excluded.days,
                        set_at = excluded.set_at, set_by = excluded.set_by""";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                Columns.bind(statement, days.isEmpty()
                        ? List.of(organisation.id())
                        : List.of(organisation.id(), organisation.name(), days.get(), at, user.name()));
                return statement.executeUpdate();
            }
        });
    }

    /** Deletes a slice of the calls that are too old. @return how many calls; {@link #SLICE} or more if there may be more */
    public int sweep(Instant now) throws SQLException {
        int gone = go(OF_ORGANISATIONS, now);
        if (usual.isPresent()) {
            gone += go(OF_OTHERS, now.minus(usual.get())) + go(OF_NOBODY, now.minus(usual.get()));
        }
        return gone;
    }

    private int go(String which, Instant before) throws SQLException {
        return database.together(connection -> go(connection, which, before));
    }

    private static int go(Connection connection, String which, Instant before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GO.formatted(which))) {
            Columns.bind(statement, List.of(before));
            return statement.executeUpdate();
        }
    }
}
