package dev.trunkline.console.alarms;

import dev.trunkline.console.accounts.User;
import dev.trunkline.console.store.Columns;
import dev.trunkline.console.store.Database;
import dev.trunkline.events.OrganisationRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Conditions that somebody should look at, derived from the calls of the last hour. */
public final class Alarms {
    private static final Duration RECENT = Duration.ofMinutes(15);
    private static final Duration BEFORE = Duration.ofHours(1);
    /** Fewer refusals than this do not count as rising. */
    private static final long REFUSALS = 5;

    private final Database database;
    private final InstantSource clock;
    private final Kafka kafka;

    /** Whether events are being read. */
    @FunctionalInterface
    public interface Kafka {
        boolean isRead();
    }

    /**
     * A condition that somebody should look at.
     *
     * @param kind {@code no-agent}, {@code refusals-rising}, {@code part-lost}, {@code behind}
     * @param severity {@code warning} or {@code critical}
     */
    public record Alarm(String kind, Instant since, String text, String severity) {}

    public Alarms(Database database, InstantSource clock, Kafka kafka) {
        this.database = database;
        this.clock = clock;
        this.kafka = kafka;
    }

    public List<Alarm> of(User user) throws SQLException {
        Instant now = clock.instant();
        List<Alarm> alarms = new ArrayList<>();
        if (!kafka.isRead()) {
            alarms.add(new Alarm("behind", now, "The console is not reading Kafka: what it shows is out of date.", "critical"));
        }
        database.with(connection -> {
            noAgent(connection, user, now).ifPresent(alarms::add);
            refusals(connection, user, now).ifPresent(alarms::add);
            lost(connection, user, now).ifPresent(alarms::add);
            return null;
        });
        return alarms;
    }

    private record Found(long calls, Optional<Instant> first) {}

    private static Optional<Alarm> noAgent(Connection connection, User user, Instant now) throws SQLException {
        Found found = found(connection, user, "reason in ('no-agent', 'agent-left')", now.minus(RECENT), now);
        return found.first().map(since -> new Alarm(
                "no-agent", since,
                "No agent joined %d calls in the last 15 minutes: check that the agents are running.".formatted(found.calls()),
                "critical"));
    }

    private static Optional<Alarm> refusals(Connection connection, User user, Instant now) throws SQLException {
        Found recent = found(connection, user, "outcome = 'refused'", now.minus(RECENT), now);
        Found before = found(connection, user, "outcome = 'refused'", now.minus(RECENT).minus(BEFORE), now.minus(RECENT));
        double usual = before.calls() * ((double) RECENT.toMinutes() / BEFORE.toMinutes());
        return recent.first().filter(ignored -> recent.calls() >= REFUSALS && recent.calls() > 2 * usual).map(since -> new Alarm(
                "refusals-rising", since,
                "%d calls were refused in the last 15 minutes; the average before that was %.0f in 15 minutes. Analytics has the reasons."
                        .formatted(recent.calls(), usual),
                "warning"));
    }

    private static Optional<Alarm> lost(Connection connection, User user, Instant now) throws SQLException {
        Found found = found(connection, user,
                "reason in ('edge-lost', 'relay-lost', 'livekit-lost', 'no-relay', 'livekit-unavailable', 'limiter-unavailable')",
                now.minus(RECENT), now);
        return found.first().map(since -> new Alarm(
                "part-lost", since,
                "%d calls ended or were refused in the last 15 minutes because an edge, a relay, LiveKit or the limiter was unavailable."
                        .formatted(found.calls()),
                "critical"));
    }

    /** Selects calls by their arrival, which is indexed, although the alarm is about their end. */
    private static Found found(Connection connection, User user, String which, Instant from, Instant to) throws SQLException {
        Optional<String> organisation = user.organisation().map(OrganisationRef::id);
        List<Object> values = new ArrayList<>(List.of(from, to));
        organisation.ifPresent(values::add);
        try (PreparedStatement statement = connection.prepareStatement(
                "select count(*) as calls, min(received_at) as first from calls where received_at >= ? and received_at < ? and kind = 'call'"
                        + (organisation.isPresent() ? " and organisation_id = ?" : "") + " and " + which)) {
            Columns.bind(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Found(row.getLong("calls"), Columns.maybeInstant(row, "first"));
            }
        }
    }
}
