package dev.trunkline.console.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.trunkline.console.calls.CallRow;
import dev.trunkline.console.calls.SlimEvent;
import dev.trunkline.console.store.Columns;
import dev.trunkline.console.store.Database;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.codec.EventTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes events to the tables. Duplicate, late or reordered events leave the same rows. */
public final class ProjectionTables {
    /** Uses the names of the columns. */
    private static final ObjectMapper ROWS =
            EventJson.MAPPER.copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    /** Postgres cannot store text that contains it, and a caller may dial it. */
    private static final String NUL = "\\u0000";
    /** Replaces the pseudonym of a caller who was erased. */
    public static final String ERASED = "erased";

    private static final String CALLS = """
            with come as (
              select c.*, exists (
                select from erased_callers e
                where e.pseudonym = sha256(convert_to(c.caller, 'UTF8')) and e.erased_at >= c.received_at
                  and e.organisation_id in ('', coalesce(c.organisation_id, ''))) as erased
              from jsonb_populate_recordset(null::calls, ?::jsonb) c
            )
            insert into calls as kept
            select call_id, told_at, told_id, direction, organisation_id, organisation, number, called,
              case when erased then 'erased' else caller end, trunk, rule, case when erased then null else room end, agent,
              received_at, answered_at, ended_at, setup_millis, talk_millis, outcome, reason, reason_text, status, mos, jitter_millis,
              lost, packets_received, packets_sent, parent, kind
            from come order by call_id
            on conflict (call_id) do update set
              told_at = excluded.told_at, told_id = excluded.told_id, direction = excluded.direction,
              organisation_id = excluded.organisation_id, organisation = excluded.organisation, number = excluded.number,
              called = excluded.called, caller = excluded.caller, trunk = excluded.trunk, rule = excluded.rule, room = excluded.room,
              agent = excluded.agent, received_at = excluded.received_at, answered_at = excluded.answered_at,
              ended_at = excluded.ended_at, setup_millis = excluded.setup_millis, talk_millis = excluded.talk_millis,
              outcome = excluded.outcome, reason = excluded.reason, reason_text = excluded.reason_text, status = excluded.status,
              mos = excluded.mos, jitter_millis = excluded.jitter_millis, lost = excluded.lost,
              packets_received = excluded.packets_received, packets_sent = excluded.packets_sent, parent = excluded.parent,
              kind = excluded.kind
            where (excluded.told_at, excluded.told_id) < (kept.told_at, kept.told_id)""";

    private static final String EVENTS = """
            insert into call_events
            select * from jsonb_populate_recordset(null::call_events, ?::jsonb) e order by e.call_id, e.event_id
            on conflict (call_id, event_id) do nothing""";

    /** Rows per transaction, because the trigger holds all of them in memory. */
    private static final int DROPPED_AT_ONCE = 5_000;

    private final Database database;

    /** A row of {@code call_events}. */
    record EventRow(UUID callId, UUID eventId, Instant at, String source, String type, JsonNode data) {}

    public ProjectionTables(Database database) {
        this.database = database;
    }

    /** Writes events in one transaction. */
    public void write(Collection<Envelope> events) throws SQLException {
        database.together(connection -> {
            write(connection, events);
            return null;
        });
    }

    /** Writes events in the caller's transaction. */
    public void write(Connection connection, Collection<Envelope> events) throws SQLException {
        Collection<CallRow> calls = events.stream()
                .flatMap(event -> CallRow.of(event).stream())
                .collect(Collectors.toMap(CallRow::callId, Function.identity(), BinaryOperator.minBy(CallRow.FIRST_SAID)))
                .values();
        Collection<EventRow> rows = events.stream()
                .flatMap(event -> row(event).stream())
                .collect(Collectors.toMap(row -> Map.entry(row.callId(), row.eventId()), Function.identity(), (one, same) -> one))
                .values();
        insert(connection, EVENTS, rows);
        insert(connection, CALLS, calls);
    }

    private static Optional<EventRow> row(Envelope event) {
        return SlimEvent.of(event).map(slim -> new EventRow(
                event.callId().value(), event.id(), event.time(), event.source(), EventTypes.nameOf(slim.getClass()),
                EventJson.MAPPER.valueToTree(slim)));
    }

    private static void insert(Connection connection, String statement, Collection<?> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            insert.setString(1, ROWS.writeValueAsString(rows).replace(NUL, ""));
            insert.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the rows cannot be written as JSON", e);
        }
    }

    /** When the tables were last rebuilt completely from Kafka; empty for never. */
    public Optional<Instant> builtAt() throws SQLException {
        return database.with(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select built_at from projection")) {
                return row.next() ? Optional.of(Columns.instant(row, "built_at")) : Optional.empty();
            }
        });
    }

    /**
     * Deletes what can be rebuilt, some rows at a time; invented calls are not on Kafka and stay. Events that arrive meanwhile may be
     * deleted too.
     *
     * @param since Kafka still has what was published from then on
     */
    void drop(Instant since) throws SQLException {
        for (String some : List.of(
                """
                with gone as (delete from call_events where (call_id, event_id) in (
                  select call_id, event_id from call_events e where at >= ? and not exists (
                    select from calls c where c.call_id = e.call_id and c.kind = 'demo') order by at limit %d) returning at)
                select count(*) as rows, max(at) as last from gone""",
                """
                with gone as (delete from calls where call_id in (
                  select call_id from calls where told_at >= ? and kind <> 'demo' order by told_at limit %d) returning told_at)
                select count(*) as rows, max(told_at) as last from gone""")) {
            Optional<Instant> next = Optional.of(since);
            while (next.isPresent()) {
                next = dropSome(some.formatted(DROPPED_AT_ONCE), next.get());
            }
        }
    }

    /** @return from when on there is more; empty if there is no more */
    private Optional<Instant> dropSome(String some, Instant since) throws SQLException {
        return database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(some)) {
                Columns.bind(statement, List.of(since));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong("rows") < DROPPED_AT_ONCE ? Optional.empty() : Columns.maybeInstant(row, "last");
                }
            }
        });
    }

    /** Records that the tables contain everything Kafka has. The events of erased callers that were read again are deleted again. */
    void built(Instant at) throws SQLException {
        database.together(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "insert into projection (built_at) values (?) on conflict (single) do update set built_at = excluded.built_at")) {
                Columns.bind(statement, List.of(at));
                statement.executeUpdate();
            }
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("delete from call_events e using calls c where c.call_id = e.call_id and c.caller = 'erased'");
            }
            return null;
        });
    }
}
