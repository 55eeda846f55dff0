package dev.trunkline.console.history;

import dev.trunkline.console.projection.ProjectionTables;
import dev.trunkline.console.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A finished call, for users who may see it.
 *
 * @param organisation by name
 * @param caller the first digits of the pseudonym, because the console knows no numbers; {@code erased} if it was erased
 * @param reasonText the reason in a sentence
 * @param status SIP status, if the call was refused
 * @param kind what the call was made for: {@code call}, {@code trial} or {@code demo}
 * @param notes number of notes
 */
public record PastCall(
        UUID callId,
        String direction,
        Optional<String> organisation,
        Optional<String> number,
        String called,
        String caller,
        String trunk,
        Optional<String> rule,
        Optional<String> room,
        Optional<String> agent,
        Instant receivedAt,
        Optional<Instant> answeredAt,
        Instant endedAt,
        long talkMillis,
        OptionalLong setupMillis,
        String outcome,
        String reason,
        String reasonText,
        OptionalInt status,
        Optional<Double> mos,
        String kind,
        int notes) {

    static final String COLUMNS = """
            call_id, direction, organisation, number, called, caller, trunk, rule, room, agent, received_at, answered_at, ended_at,
            talk_millis, setup_millis, outcome, reason, reason_text, status, mos, jitter_millis, lost, packets_received, packets_sent, parent, kind,
            (select count(*) from notes n where n.call_id = calls.call_id) as notes""";

    private static final int SHOWN = 8;

    static PastCall of(ResultSet row) throws SQLException {
        OptionalLong status = Columns.maybeLong(row, "status");
        return new PastCall(
                row.getObject("call_id", UUID.class), row.getString("direction"), Columns.text(row, "organisation"),
                Columns.text(row, "number"), row.getString("called"), caller(row.getString("caller")), row.getString("trunk"),
                Columns.text(row, "rule"), Columns.text(row, "room"), Columns.text(row, "agent"), Columns.instant(row, "received_at"),
                Columns.maybeInstant(row, "answered_at"), Columns.instant(row, "ended_at"), row.getLong("talk_millis"),
                Columns.maybeLong(row, "setup_millis"), row.getString("outcome"), row.getString("reason"), row.getString("reason_text"),
                status.isPresent() ? OptionalInt.of((int) status.getAsLong()) : OptionalInt.empty(), Columns.maybeDouble(row, "mos"),
                row.getString("kind"), row.getInt("notes"));
    }

    private static String caller(String pseudonym) {
        return pseudonym.equals(ProjectionTables.ERASED) ? pseudonym : pseudonym.substring(0, Math.min(SHOWN, pseudonym.length()));
    }
}
