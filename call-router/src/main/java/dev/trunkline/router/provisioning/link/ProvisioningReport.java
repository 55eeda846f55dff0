package dev.trunkline.router.provisioning.link;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trunkline.router.provisioning.Fact;
import dev.trunkline.router.provisioning.ItemKey;
import dev.trunkline.router.provisioning.Kind;
import dev.trunkline.router.provisioning.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came from LiveKit, and what could not.
 *
 * @param enabled whether LiveKit is polled
 * @param writesBack whether items that a wiped Redis has lost are written back
 * @param problem why LiveKit cannot be read at this moment, as this replica last saw it
 * @param conflicts what somebody has to decide
 * @param notes what was taken, but differs here in some way
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ProvisioningReport(
        boolean enabled,
        @JsonProperty("writes_back") boolean writesBack,
        Optional<String> problem,
        List<Item> items,
        List<Told> conflicts,
        List<Told> notes) {

    /**
     * @param id LiveKit's
     * @param name in the directory; empty if it is not there
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Item(String kind, String id, Optional<String> name) {}

    /** @param since since when this applies */
    public record Told(String kind, String id, String name, String reason, String problem, Instant since) {
        Fact fact() {
            return new Fact(new ItemKey(Kind.of(kind), id), name, meant(), problem);
        }

        private Reason meant() {
            return Reason.valueOf(reason.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    static List<Item> items(Connection connection) throws SQLException {
        List<Item> items = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select kind, livekit_id, name from livekit_items order by kind, livekit_id")) {
            while (row.next()) {
                items.add(new Item(row.getString(1), row.getString(2), Optional.ofNullable(row.getString(3))));
            }
        }
        return items;
    }

    static List<Told> facts(Connection connection) throws SQLException {
        List<Told> facts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select kind, livekit_id, name, reason, problem, since from livekit_facts order by since, kind, livekit_id, problem")) {
            while (row.next()) {
                facts.add(new Told(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5),
                        row.getTimestamp(6).toInstant()));
            }
        }
        return facts;
    }
}
