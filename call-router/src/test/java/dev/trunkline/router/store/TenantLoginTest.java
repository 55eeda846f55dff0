package dev.trunkline.router.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

class TenantLoginTest {
    private static final UUID SOMEBODY = UUID.fromString("00000000-0000-4000-8000-000000000001");

    @RegisterExtension
    private static final FreshDatabase DATABASE = new FreshDatabase();

    @Test
    void everyReplicaMakesTheSameLogin() throws Exception {
        try (var one = new TenantLogin(DATABASE.owner(), DATABASE.jdbcUrl(), Optional.empty());
                var other = new TenantLogin(DATABASE.owner(), DATABASE.jdbcUrl(), Optional.empty())) {
            String first = sessionUser(new Transactions(DATABASE.owner(), one));
            String second = sessionUser(new Transactions(DATABASE.owner(), other));

            assertThat(first).startsWith("trunkline_tenant_").isEqualTo(second);
            assertThat(sessionUser(new Transactions(DATABASE.owner(), one))).isEqualTo(first);
        }
    }

    @Test
    void usesTheLoginOfTheSettings() throws Exception {
        DATABASE.asAdministrator("create role console_tenants login password 'x' in role trunkline_tenant");
        var given = new TenantLogin.Credentials("console_tenants", "x");

        try (var login = new TenantLogin(DATABASE.owner(), DATABASE.jdbcUrl(), Optional.of(given))) {
            assertThat(sessionUser(new Transactions(DATABASE.owner(), login))).isEqualTo("console_tenants");
        }
        assertThat(given.toString()).doesNotContain("x]").contains("console_tenants");
    }

    /** An owner without privileges beyond its own tables. */
    @Test
    void anOwnerWithoutRightsIsToldWhatItNeedsAndThenSharesItsConnections() throws Exception {
        PGSimpleDataSource owner = DATABASE.emptyOneOf("plain");
        Flyway flyway = Flyway.configure().dataSource(owner).load();
        assertThatThrownBy(flyway::migrate)
                .hasMessageContaining("have the administrator of Postgres run")
                .hasMessageContaining("grant trunkline_tenant to plain");

        DATABASE.asAdministrator("grant trunkline_tenant to plain");
        flyway.migrate();

        try (var login = new TenantLogin(owner, owner.getURL(), Optional.empty())) {
            var transactions = new Transactions(owner, login);
            assertThat(sessionUser(transactions)).isEqualTo("plain");
            execute(transactions, "insert into organisations (id, name) values ('" + SOMEBODY + "', 'mine'),"
                    + " (gen_random_uuid(), 'of others')");
            assertThat(text(transactions, "select string_agg(name, ' ') from organisations")).isEqualTo("mine");
        }
    }

    @Test
    void aLoginThatPostgresDoesNotKnowIsAnErrorAndNoDetour() throws Exception {
        var wrong = new TenantLogin.Credentials("nobody_like_this", "x");
        try (var login = new TenantLogin(DATABASE.owner(), DATABASE.jdbcUrl(), Optional.of(wrong))) {
            assertThatThrownBy(() -> sessionUser(new Transactions(DATABASE.owner(), login)))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aFailureOfATenantsWorkIsUndone() throws Exception {
        DataSource owner = DATABASE.owner();
        var transactions = new Transactions(owner);

        assertThatThrownBy(() -> transactions.<Void, IllegalStateException>asTenant(SOMEBODY, connection -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThatThrownBy(() -> transactions.<Void, SQLException>asTenant(SOMEBODY, connection -> {
                    connection.createStatement().execute("select nonsense");
                    return null;
                }))
                .hasMessageContaining("nonsense");
    }

    private static String sessionUser(Transactions transactions) throws SQLException {
        return text(transactions, "select session_user");
    }

    private static String text(Transactions transactions, String sql) throws SQLException {
        return transactions.asTenant(SOMEBODY, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getString(1);
            }
        });
    }

    private static void execute(Transactions transactions, String sql) throws SQLException {
        transactions.asOwner(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}
