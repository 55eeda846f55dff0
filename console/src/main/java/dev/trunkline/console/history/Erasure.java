package dev.trunkline.console.history;

import dev.trunkline.console.accounts.User;
import dev.trunkline.console.store.Columns;
import dev.trunkline.console.store.Database;
import dev.trunkline.events.OrganisationRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Forgets one caller (GDPR, article 17). The calls stay without their caller; the caller's identity, the events that could reveal it,
 * notes and SIP messages are deleted. Calls from before the erasure that are read again from Kafka are stored without the caller. A
 * tenant's erasure covers only the calls of its own organisation.
 */
public final class Erasure {
    private static final int MOST_SHOWN = 500;
    /** The caller's calls, of all organisations or of one. */
    private static final String OF_CALLER =
            "select call_id from calls where caller = ? and received_at <= ? and (?::text is null or organisation_id = ?)";

    private final Database database;

    /**
     * What was done, for the user who requested it. It does not reveal who was erased.
     *
     * @param id of the receipt
     * @param organisation whose calls were covered, by name; empty for all organisations
     * @param erasedCalls calls that stay and no longer identify the caller
     */
    public record Receipt(
            UUID id, Instant at, String by, Optional<String> organisation, long erasedCalls, long events, long notes, long messages) {}

    public Erasure(Database database) {
        this.database = database;
    }

    public Receipt erase(String pseudonym, User by, Instant at) throws SQLException {
        var id = UUID.randomUUID();
        Optional<String> organisation = by.organisation().map(OrganisationRef::id);
        List<Object> whose = List.of(pseudonym, at, organisation, organisation);
        return database.together(connection -> {
            run(connection, """
                    insert into erased_callers (pseudonym, erased_at, organisation_id) values (sha256(convert_to(?, 'UTF8')), ?, ?)
                    on conflict (pseudonym, organisation_id) do update set erased_at = excluded.erased_at""",
                    List.of(pseudonym, at, organisation.orElse("")));
            long events = run(connection, "delete from call_events where call_id in (" + OF_CALLER + ")", whose);
            long notes = run(connection, "delete from notes where call_id in (" + OF_CALLER + ")", whose);
            long messages = run(connection, "delete from call_messages where call_id in (" + OF_CALLER + ")", whose);
            run(connection, "delete from desk_takes where call_id in (" + OF_CALLER + ")", whose);
            long calls = run(connection, "update calls set caller = 'erased', room = null where call_id in (" + OF_CALLER + ")", whose);
            var receipt = new Receipt(id, at, by.name(), by.organisation().map(OrganisationRef::name), calls, events, notes, messages);
            run(connection, """
                    insert into erasures (id, at, by, calls, organisation_id, organisation, events, notes, messages)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    List.of(id, at, by.name(), calls, organisation, receipt.organisation(), events, notes, messages));
            return receipt;
        });
    }

    /** Returns the caller of a call, unless erased; empty if the user sees no such call. */
    Optional<String> callerOf(User user, UUID call) throws SQLException {
        return database.with(connection -> {
            Optional<String> organisation = user.organisation().map(OrganisationRef::id);
            try (PreparedStatement statement = connection.prepareStatement(
                    "select caller from calls where call_id = ? and caller <> 'erased' and (?::text is null or organisation_id = ?)")) {
                Columns.bind(statement, List.of(call, organisation, organisation));
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
    }

    /** Returns the receipts, newest first. */
    List<Receipt> receipts(User user) throws SQLException {
        return database.with(connection -> {
            Optional<String> organisation = user.organisation().map(OrganisationRef::id);
            try (PreparedStatement statement = connection.prepareStatement(
                    "select * from erasures where ?::text is null or organisation_id = ? order by at desc, id limit " + MOST_SHOWN)) {
                Columns.bind(statement, List.of(organisation, organisation));
                List<Receipt> receipts = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        receipts.add(new Receipt(
                                row.getObject("id", UUID.class), Columns.instant(row, "at"), row.getString("by"), Columns.text(row, "organisation"),
                                row.getLong("calls"), row.getLong("events"), row.getLong("notes"), row.getLong("messages")));
                    }
                }
                return receipts;
            }
        });
    }

    private static int run(Connection connection, String sql, List<Object> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Columns.bind(statement, values);
            return statement.executeUpdate();
        }
    }
}
