package dev.trunkline.console.trace;

import dev.trunkline.console.accounts.User;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.console.store.Columns;
import dev.trunkline.console.store.Database;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallForwarded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.codec.EventTypes;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The events of a call, from the database. */
public final class Traces {
    /** Most events of a trace; further ones are left out. */
    private static final int MOST_EVENTS = 2_000;
    private static final int MOST_LEGS = 20;

    private final Database database;

    /** @param legs calls that were placed on behalf of its caller */
    public record Trace(CallStory story, List<CallStory> legs) {}

    public Traces(Database database) {
        this.database = database;
    }

    /** @throws Refused if the user sees no such call */
    public Trace of(User user, CallId callId) throws SQLException {
        return database.with(connection -> {
            List<CallStory.Told> told = events(connection, callId.value());
            if (told.isEmpty() || !user.sees(whose(told))) {
                throw Refused.unknown("There is no call with this id: GET /api/v1/history and GET /api/v1/live list the calls.");
            }
            List<CallStory> legs = new ArrayList<>();
            for (UUID leg : legs(connection, callId.value())) {
                List<CallStory.Told> ofLeg = events(connection, leg);
                if (user.sees(whose(ofLeg))) {
                    legs.add(CallStory.of(ofLeg));
                }
            }
            return new Trace(CallStory.of(told), legs);
        });
    }

    /** The id of the call's organisation: its last event contains it, and before that its route. */
    private static Optional<String> whose(List<CallStory.Told> told) {
        return told.reversed().stream()
                .flatMap(one -> switch (one.event().record()) {
                    case CallEnded e -> e.summary().flatMap(CallSummary::organisation).stream();
                    case CallRejected e -> e.organisation().or(() -> e.summary().flatMap(CallSummary::organisation)).stream();
                    case CallRouted e -> Stream.of(e.organisation());
                    case CallForwarded e -> Stream.of(e.organisation());
                    default -> Stream.<OrganisationRef>empty();
                })
                .map(OrganisationRef::id)
                .findFirst();
    }

    private static List<CallStory.Told> events(Connection connection, UUID callId) throws SQLException {
        List<CallStory.Told> events = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                select event_id, at, source, type, data::text as data from call_events where call_id = ?
                order by at, type in ('dev.trunkline.call.ended.v1', 'dev.trunkline.call.rejected.v1'), event_id limit\s""" + MOST_EVENTS)) {
            statement.setObject(1, callId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    told(row).ifPresent(events::add);
                }
            }
        }
        return events;
    }

    private static Optional<CallStory.Told> told(ResultSet row) throws SQLException {
        String type = row.getString("type");
        Optional<Class<? extends CallRecord>> known = EventTypes.named(type);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        try {
            CallRecord record = EventJson.MAPPER.readValue(row.getString("data"), known.get());
            return Optional.of(new CallStory.Told(
                    new Envelope(
                            row.getObject("event_id", UUID.class), row.getString("source"), Columns.instant(row, "at"),
                            Envelope.Owners.NONE, "", record),
                    type));
        } catch (IOException e) {
            // An event of an earlier version of the contract: the rest of the story is still shown.
            return Optional.empty();
        }
    }

    private static List<UUID> legs(Connection connection, UUID callId) throws SQLException {
        List<UUID> legs = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                select distinct call_id from call_events
                where type = 'dev.trunkline.call.routed.v1' and data #>> '{outgoing,parent}' = ? order by call_id limit\s""" + MOST_LEGS)) {
            statement.setString(1, callId.toString());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    legs.add(row.getObject(1, UUID.class));
                }
            }
        }
        return legs;
    }
}
