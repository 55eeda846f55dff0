package dev.trunkline.router.provisioning.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.provisioning.Fact;
import dev.trunkline.router.provisioning.ItemKey;
import dev.trunkline.router.provisioning.Kind;
import dev.trunkline.router.provisioning.Known;
import dev.trunkline.router.provisioning.Known.Placed;
import dev.trunkline.router.store.Texts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What Postgres remembers about LiveKit's items, in the transaction of a connection. */
final class ProvisioningRows {
    private static final long LOCK = 0x6C6976656B6974L;
    /** As good as no limit, because LiveKit does not count the calls to a number. */
    private static final int CALLS_AT_ONCE = 1_000_000;

    private final Connection connection;

    ProvisioningRows(Connection connection) {
        this.connection = connection;
    }

    /** Locks until the transaction is over. @return false if another replica is doing it */
    boolean lock() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_try_advisory_xact_lock(" + LOCK + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    List<Known> known() throws SQLException {
        List<Known> known = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select kind, livekit_id, item, name, taken from livekit_items")) {
            while (row.next()) {
                Optional<String> name = Optional.ofNullable(row.getString("name"));
                Optional<Placed> placed = name.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Placed(name.get(), json(row.getString("taken"))));
                known.add(new Known(new ItemKey(Kind.of(row.getString("kind")), row.getString("livekit_id")), row.getString("item"), placed));
            }
        }
        return known;
    }

    private static ObjectNode json(String text) throws SQLException {
        try {
            return EventJson.MAPPER.readValue(text, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("livekit_items.taken is not an object", e);
        }
    }

    /** Writes the differences. */
    void remember(List<Known> before, List<Known> after) throws SQLException {
        Map<ItemKey, Known> there = new HashMap<>();
        before.forEach(each -> there.put(each.key(), each));
        for (Known each : after) {
            if (!each.equals(there.remove(each.key()))) {
                run("insert into livekit_items (kind, livekit_id, item, name, taken) values (?, ?, ?, ?, ?::jsonb)"
                                + " on conflict (kind, livekit_id) do update set item = excluded.item, name = excluded.name, taken = excluded.taken",
                        each.key().kind().code(), each.key().id(), each.raw(),
                        each.placed().map(Placed::name).orElse(null), each.placed().map(placed -> placed.form().toString()).orElse(null));
            }
        }
        for (ItemKey gone : there.keySet()) {
            run("delete from livekit_items where kind = ? and livekit_id = ?", gone.kind().code(), gone.id());
        }
    }

    Set<String> madeNumbers() throws SQLException {
        return new HashSet<>(Texts.of(connection, "select phone_number from livekit_numbers where ? = ''", ""));
    }

    /** Creates a number for an organisation, or assigns it one that was created here. */
    void give(String number, String organisation) throws SQLException {
        run("insert into numbers (phone_number, organisation_id, max_concurrent_calls) select ?, id, " + CALLS_AT_ONCE
                        + " from organisations where name = ? on conflict (phone_number) do update set organisation_id = excluded.organisation_id",
                number, organisation);
        run("insert into livekit_numbers (phone_number) select phone_number from numbers where phone_number = ? on conflict do nothing", number);
    }

    void removeNumber(String number) throws SQLException {
        run("delete from numbers where phone_number = ?", number);
    }

    /** @return those that were not reported before */
    List<Fact> tell(List<Fact> facts) throws SQLException {
        Set<Fact> before = new HashSet<>(ProvisioningReport.facts(connection).stream().map(ProvisioningReport.Told::fact).toList());
        List<Fact> fresh = facts.stream().distinct().filter(fact -> !before.contains(fact)).toList();
        before.removeAll(new HashSet<>(facts));
        for (Fact fact : before) {
            run("delete from livekit_facts where kind = ? and livekit_id = ? and reason = ? and problem = ? and name = ?",
                    fact.key().kind().code(), fact.key().id(), fact.reason().code(), fact.text(), fact.name());
        }
        for (Fact fact : fresh) {
            run("insert into livekit_facts (kind, livekit_id, name, reason, problem) values (?, ?, ?, ?, ?) on conflict (kind, livekit_id, reason, problem)"
                            + " do update set name = excluded.name",
                    fact.key().kind().code(), fact.key().id(), fact.name(), fact.reason().code(), fact.text());
        }
        return fresh;
    }

    private void run(String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
