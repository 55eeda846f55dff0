package dev.trunkline.router.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** A tenant that can run any SQL on its own connection, against the rows of another. */
class TenantIsolationTest {
    /** Occurs in everything that the bakery must not see. */
    private static final String SECRET = "florists-secret";

    @RegisterExtension
    private static final FreshDatabase DATABASE = new FreshDatabase();

    private static TenantLogin login;
    private static Transactions transactions;

    @BeforeAll
    static void twoTenants() throws Exception {
        login = new TenantLogin(DATABASE.owner(), DATABASE.jdbcUrl(), Optional.empty());
        transactions = new Transactions(DATABASE.owner(), login);
        transactions.asOwner("admin", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("""
                        insert into organisations (id, name, config) values
                            ('%1$s', 'bakery', '{}'), ('%2$s', '%3$s', '{"key": "%3$s"}');
                        insert into numbers (phone_number, organisation_id, label, max_concurrent_calls,
                                caller_rate_calls, caller_rate_window_seconds) values
                            ('+3225550100', '%1$s', 'bread', 5, 10, 3600), ('+3225550200', '%2$s', '%3$s', 5, 10, 3600);
                        insert into numbers (phone_number, organisation_id) values ('+3225550101', '%1$s');
                        insert into numbers (phone_number, label) values ('+3225550300', 'free, %3$s');
                        insert into agent_instances (organisation_id, name) values ('%1$s', 'till'), ('%2$s', '%3$s');
                        insert into rules (name, organisation_id, wildcard, definition) values
                            ('bread', '%1$s', true, '{}'), ('%3$s', '%2$s', true, '{}'), ('any %3$s', null, true, '{}');
                        insert into trunks (name, addresses) values ('%3$s', '{203.0.113.7/32}');
                        insert into outbound_trunks (name, organisation_id, definition, account) values
                            ('bread out', '%1$s', '{}', '{"password": "%3$s"}'), ('%3$s', '%2$s', '{}', null),
                            ('any %3$s', null, '{}', null);
                        insert into issuer_keys (key_id, algorithm, private_key, public_key)
                            values ('%3$s', 'ES256', '', '');
                        """.formatted(TenantAttacks.BAKERY, TenantAttacks.FLORIST, SECRET));
                return null;
            }
        });
        // Creates column statistics, which the attacks then try to read.
        DATABASE.asAdministrator("analyze");
    }

    @AfterAll
    static void close() {
        login.close();
    }

    @ParameterizedTest
    @MethodSource("dev.trunkline.router.store.TenantAttacks#all")
    void seesNothingAndChangesNothing(String sql) throws Exception {
        String before = everything();

        String seen = asBakery(sql);

        assertThat(seen).doesNotContain(SECRET).doesNotContain("+3225550200").doesNotContain("+3225550300");
        assertThat(everything()).isEqualTo(before);
    }

    /** Shows that the attacks are meaningful: with the owner's privileges the same statements do see and change data. */
    @ParameterizedTest
    @ValueSource(strings = {"select row_to_json(n) from numbers n", "reset role" + TenantAttacks.LOOK, "commit; reset role" + TenantAttacks.LOOK})
    void theOwnerSeesWithTheSameStatements(String sql) throws Exception {
        assertThat(transactions.<String, SQLException>asOwner(connection -> results(connection, sql))).contains(SECRET);
    }

    @Test
    void copyShowsTheTenantsRowsOnly() throws Exception {
        String copied = transactions.<String, IOException>asTenant(TenantAttacks.BAKERY, connection -> {
            var out = new StringWriter();
            var copies = connection.unwrap(PGConnection.class).getCopyAPI();
            copies.copyOut("copy numbers (phone_number, label) to stdout", out);
            copies.copyOut("copy (select row_to_json(o) from organisations o) to stdout", out);
            return out.toString();
        });

        assertThat(copied).contains("+3225550100", "bakery").doesNotContain(SECRET);
        assertThatThrownBy(() -> transactions.asTenant(TenantAttacks.BAKERY, connection -> connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy numbers (phone_number) from stdin", new java.io.StringReader("+3225550500\n"))))
                .hasMessageContaining("permission denied");
    }

    @Test
    void seesItsOwn() throws Exception {
        assertThat(asBakery("select phone_number from numbers order by 1")).isEqualTo("+3225550100 +3225550101");
        assertThat(asBakery("select name from organisations")).isEqualTo("bakery");
        assertThat(asBakery("select name from rules")).isEqualTo("bread");
        assertThat(asBakery("select name from agent_instances")).isEqualTo("till");
        assertThat(asBakery("select name from outbound_trunks")).isEqualTo("bread out");
        assertThat(asBakery("select account from outbound_trunks")).as("not even its own").doesNotContain(SECRET);
        assertThat(asBakery("select phone_number, what from number_assignments order by 1"))
                .isEqualTo("+3225550100 assigned +3225550101 assigned");
    }

    @Test
    void configuresItsOwnNumberWithinWhatTheAdministratorGrants() throws Exception {
        String number = " where phone_number = '+3225550101'";
        assertThat(change("update numbers set label = 'cake', active = false, config_override = '{\"a\": 1}',"
                        + " own_concurrent_calls = 1" + number))
                .isEqualTo(1);
        assertThat(change("update numbers set own_rate_calls = 5, own_rate_window_seconds = 7200"
                        + " where phone_number = '+3225550100'"))
                .isEqualTo(1);
        change("update numbers set own_rate_calls = null, own_rate_window_seconds = null");

        assertThat(asBakery("select label from numbers" + number)).isEqualTo("cake");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "own_concurrent_calls = 6", "own_rate_calls = 11, own_rate_window_seconds = 3600",
        "own_rate_calls = 10, own_rate_window_seconds = 3599",
    })
    void takesNoMoreThanItIsGranted(String limit) {
        assertThatThrownBy(() -> change("update numbers set " + limit + " where phone_number = '+3225550100'"))
                .hasMessageContaining("row-level security");
    }

    @Test
    void aNumberWithoutARateOfItsOwnHasNoneToGoBelow() {
        assertThatThrownBy(() -> change("update numbers set own_rate_calls = 1, own_rate_window_seconds = 3600"
                        + " where phone_number = '+3225550101'"))
                .hasMessageContaining("row-level security");
    }

    @Test
    void whatOneTenantLeavesInASessionMeetsNobody() throws Exception {
        for (int i = 0; i < 8; i++) {
            asBakery("set search_path to pg_catalog; set trunkline.organisation to '" + TenantAttacks.BAKERY + "'; listen x;"
                    + " set statement_timeout to 1; prepare p as select 1; select pg_advisory_lock(1)");
        }

        assertThat(transactions.<String, SQLException>asTenant(
                        TenantAttacks.FLORIST, connection -> results(connection, "select phone_number from numbers")))
                .isEqualTo("+3225550200");
    }

    @Test
    void aProofHoldsForOneTransaction() throws Exception {
        String proof = asBakery("select current_setting('trunkline.proof')");

        assertThat(transactions.<String, SQLException>asTenant(TenantAttacks.FLORIST, connection -> results(connection, """
                        set trunkline.organisation to '%s'; set trunkline.proof to '%s';
                        select phone_number from numbers""".formatted(TenantAttacks.BAKERY, proof))))
                .isEmpty();
    }

    @Test
    void onTheOwnersConnectionTheOrganisationCannotBeForgedEither() throws Exception {
        var shared = new Transactions(DATABASE.owner());

        for (String forged : List.of("set local trunkline.organisation to '" + TenantAttacks.FLORIST + "'", "select 1")) {
            assertThat(shared.<String, SQLException>asTenant(TenantAttacks.BAKERY, connection -> results(connection, forged + TenantAttacks.LOOK)))
                    .doesNotContain(SECRET);
        }
        assertThat(shared.<String, SQLException>asTenant(
                        TenantAttacks.BAKERY, connection -> results(connection, "select label from numbers where active")))
                .contains("bread");
    }

    private static String asBakery(String sql) throws SQLException {
        return transactions.<String, SQLException>asTenant(TenantAttacks.BAKERY, connection -> results(connection, sql));
    }

    private static int change(String sql) throws SQLException {
        return transactions.<Integer, SQLException>asTenant(TenantAttacks.BAKERY, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    /** Runs the statements one by one, as far as Postgres permits, and returns everything that comes back. */
    private static String results(Connection connection, String sql) throws SQLException {
        List<String> seen = new ArrayList<>();
        for (String single : sql.contains("$$") ? List.of(sql) : List.of(sql.split(";"))) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("savepoint attempt");
                boolean rows = statement.execute(single);
                while (rows || statement.getUpdateCount() >= 0) {
                    if (rows) {
                        collect(statement.getResultSet(), seen);
                    }
                    rows = statement.getMoreResults();
                }
            } catch (SQLException e) {
                seen.add("[" + e.getMessage() + "]");
                if (!connection.getAutoCommit()) {
                    undo(connection);
                }
            }
        }
        return String.join(" ", seen.stream().filter(text -> !text.startsWith("[")).toList())
                + seen.stream().filter(text -> text.startsWith("[")).filter(text -> text.contains(SECRET)).toList()
                        .toString().replace("[]", "");
    }

    private static void undo(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("rollback to savepoint attempt");
        } catch (SQLException e) {
            // The statement ended the transaction.
            connection.rollback();
        }
    }

    private static void collect(ResultSet rows, List<String> onto) throws SQLException {
        while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                onto.add(String.valueOf(rows.getString(column)));
            }
        }
    }

    /** Returns every row of every table as the owner sees it. */
    private static String everything() throws SQLException {
        return transactions.<String, SQLException>asOwner(connection -> {
            List<String> rows = new ArrayList<>();
            try (Statement statement = connection.createStatement()) {
                for (String table : TenantAttacks.TABLES) {
                    collect(statement.executeQuery("select row_to_json(t)::text from " + table + " t order by 1"), rows);
                }
                collect(statement.executeQuery("select tablename || policyname || qual from pg_policies order by 1"), rows);
            }
            return String.join("\n", rows);
        });
    }
}
