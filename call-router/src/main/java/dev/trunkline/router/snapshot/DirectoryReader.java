package dev.trunkline.router.snapshot;

import dev.trunkline.events.Trunk;
import dev.trunkline.events.privacy.SealedTrunkUsers;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.SoundTable;
import dev.trunkline.router.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the whole directory from Postgres, as of one moment. */
public final class DirectoryReader {
    private static final String ORGANISATIONS =
            "select id, name, config, max_concurrent_calls, caller_rate_calls, caller_rate_window_seconds"
                    + " from organisations order by name";
    private static final String AGENT_INSTANCES =
            "select id, organisation_id, name, config from agent_instances order by organisation_id, name";
    /** Of an administrator's and a tenant's limit, the stricter applies. */
    private static final String NUMBERS = """
            select phone_number, organisation_id, active, label, agent_instance_id, config_override, announcement, created_at,
                least(max_concurrent_calls, own_concurrent_calls) as max_concurrent_calls,
                case when caller_rate_calls is not null then least(caller_rate_calls, own_rate_calls) end
                    as caller_rate_calls,
                greatest(caller_rate_window_seconds, own_rate_window_seconds) as caller_rate_window_seconds
            from numbers where organisation_id is not null order by phone_number""";
    private static final String TRUNKS = """
            select id, name, addresses, country, headers_to_room, numbers, allowed_numbers,
                international_prefixes, national_prefixes, called_from, caller_from, transports, codecs, digest_users,
                max_invites_per_second, max_early_calls, media_from, trial_calls, transfer_way, attributes_to_headers
            from trunks""";
    private static final String RULES =
            "select id, name, organisation_id, trunk_ids::text[], definition, priority, created_at from rules"
                    + " order by name";

    private static final String SOUNDS = "select coalesce(organisation_id::text, '') as owner, name, language, is_default from sounds";

    private static final String LIVEKIT_IDS = """
            select t.id, i.livekit_id from livekit_items i join trunks t on i.kind = 'inbound_trunk' and t.name = i.name
            union all select r.id, i.livekit_id from livekit_items i join rules r on i.kind = 'rule' and r.name = i.name""";

    private final Transactions transactions;

    public DirectoryReader(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Returns the version in Postgres, which rises with each change. */
    public long version() throws SQLException {
        return transactions.asOwner(connection -> {
            try (Statement statement = connection.createStatement()) {
                return version(statement);
            }
        });
    }

    public Directory read() throws SQLException {
        return transactions.asOwner(DirectoryReader::read);
    }

    private static Directory read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // One snapshot for all tables and their version.
            statement.execute("set transaction isolation level repeatable read read only");
            return readIn(connection);
        }
    }

    /** Reads the directory as the transaction of the connection sees it. */
    public static Directory readIn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return Directory.of(
                    version(statement),
                    rows(statement.executeQuery(ORGANISATIONS), Rows::organisation),
                    rows(statement.executeQuery(AGENT_INSTANCES), Rows::agentInstance),
                    rows(statement.executeQuery(NUMBERS), Rows::number),
                    rows(statement.executeQuery(TRUNKS + " order by name"), Rows::trunk),
                    rows(statement.executeQuery(RULES), Rows::rule),
                    OutboundRows.withoutAccounts(connection))
                    .withSounds(rowsOfSounds(statement))
                    .withLiveKitIds(liveKitIds(statement));
        }
    }

    private static Map<String, String> liveKitIds(Statement statement) throws SQLException {
        Map<String, String> ids = new HashMap<>();
        try (ResultSet row = statement.executeQuery(LIVEKIT_IDS)) {
            while (row.next()) {
                ids.put(row.getString(1), row.getString(2));
            }
        }
        return ids;
    }

    private static SoundTable rowsOfSounds(Statement statement) throws SQLException {
        return new SoundTable(rows(statement.executeQuery(SOUNDS), Rows::sound));
    }

    /** Reads those of the trunks that exist, as the edge needs them, in the transaction of the connection. */
    public static List<Trunk> trunksForEdge(Connection connection, List<String> ids, SealedTrunkUsers seals)
            throws SQLException {
        List<DispatchRule> rules = rules(connection);
        try (PreparedStatement statement =
                connection.prepareStatement(TRUNKS + " where id = any (?::uuid[]) order by id")) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            return rows(statement.executeQuery(), Rows::trunk).stream()
                    .map(trunk -> trunk.forEdge(rules, seals))
                    .toList();
        }
    }

    /** Reads the rules as the transaction of the connection sees them. */
    public static List<DispatchRule> rules(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return rows(statement.executeQuery(RULES), Rows::rule);
        }
    }

    private static long version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select version from directory_version")) {
            row.next();
            return row.getLong(1);
        }
    }

    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> rows(ResultSet rows, Row<T> reader) throws SQLException {
        try (rows) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        }
    }
}
