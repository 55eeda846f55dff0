package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.local.PostgresLogins.Login;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    private final PostgresLogins logins = PostgresLogins.make(new SecureRandom());

    @TempDir
    Path temporary;

    private PostgresServer start() throws Exception {
        return PostgresServer.start(temporary.resolve("postgres"), 0, logins);
    }

    @Test
    void tablesAreKeptAndSoIsWhoOwnsThem() throws Exception {
        for (String statement : List.of("create table kept (x int)", "select * from kept")) {
            try (PostgresServer server = start(); Connection owner = connect(server, logins.owner())) {
                owner.createStatement().execute(statement);
            }
        }
        assertThat(OpenFiles.below(temporary)).isEmpty();
    }

    @Test
    void nobodyGetsInWithoutAPasswordNorByASocketFile() throws Exception {
        try (PostgresServer server = start()) {
            for (String user : List.of("postgres", "trunkline", "trunkline_tenants", "trunkline_console", System.getProperty("user.name"))) {
                for (String password : List.of("postgres", "trunkline", "guessed")) {
                    assertThatThrownBy(() -> connect(server, new Login(user, password)).close())
                            .as(user)
                            .isInstanceOf(SQLException.class)
                            .extracting(failure -> ((SQLException) failure).getSQLState())
                            .isEqualTo("28P01");
                }
            }
            try (Connection administrator = connect(server, logins.administrator())) {
                assertThat(text(administrator, "show unix_socket_directories")).isEmpty();
                assertThat(text(administrator, "show listen_addresses")).isEqualTo("127.0.0.1");
                assertThat(text(administrator, "select string_agg(auth_method, ' ') from pg_hba_file_rules"))
                        .isEqualTo("scram-sha-256");
                assertThat(text(administrator, "select string_agg(left(rolpassword, 13), ' ') from pg_authid where rolcanlogin"))
                        .isEqualTo("SCRAM-SHA-256 SCRAM-SHA-256 SCRAM-SHA-256 SCRAM-SHA-256");
            }
        }
    }

    @Test
    void theServicesOwnLoginsRunNoProgramsReadNoFilesAndMakeNoLogins() throws Exception {
        try (PostgresServer server = start()) {
            for (Login login : List.of(logins.owner(), logins.tenants(), logins.console())) {
                for (String attempt : List.of(
                        "copy (select 1) to program 'id > " + temporary.resolve("owned") + "'",
                        "copy (select 1) to '" + temporary.resolve("owned") + "'",
                        "select pg_read_file('postgresql.conf')",
                        "create role another superuser",
                        "create role another login",
                        "grant pg_execute_server_program to " + login.user(),
                        "set role postgres",
                        "alter role " + login.user() + " superuser")) {
                    try (Connection connection = connect(server, login)) {
                        assertThatThrownBy(() -> connection.createStatement().execute(attempt))
                                .as(login.user() + ": " + attempt)
                                .isInstanceOf(SQLException.class)
                                .extracting(failure -> ((SQLException) failure).getSQLState())
                                .isEqualTo("42501");
                    }
                }
            }
        }
        assertThat(temporary.resolve("owned")).doesNotExist();
    }

    /** The state that an earlier version left: everybody is trusted, and everything belongs to the superuser. */
    @Test
    void aServerThatTrustedEverybodyKeepsItsDataAndTrustsNobodyAnyMore() throws Exception {
        try (PostgresServer server = start(); Connection superuser = connect(server, logins.administrator())) {
            for (String statement : List.of(
                    "alter schema public owner to postgres",
                    "create table numbers (id bigint generated always as identity, number text)",
                    "create table old (id serial)",
                    "create sequence alone",
                    "create view seen as select * from numbers",
                    "create type colour as enum ('red')",
                    "create function one() returns int language sql as 'select 1'",
                    "insert into numbers (number) values ('+3225550100')",
                    "drop owned by trunkline, trunkline_tenants",
                    "drop role trunkline",
                    "drop role trunkline_tenants",
                    "alter role postgres password 'postgres'")) {
                superuser.createStatement().execute(statement);
            }
        }
        Files.writeString(temporary.resolve("postgres/pg_hba.conf"), "host all all 127.0.0.1/32 trust\nlocal all all trust\n");

        PostgresLogins others = PostgresLogins.make(new SecureRandom());
        try (PostgresServer server = PostgresServer.start(temporary.resolve("postgres"), 0, others)) {
            for (Login before : List.of(logins.administrator(), new Login("postgres", "postgres"), logins.owner())) {
                assertThatThrownBy(() -> connect(server, before).close()).isInstanceOf(SQLException.class);
            }
            try (Connection owner = connect(server, others.owner())) {
                assertThat(text(owner, "select number from numbers")).isEqualTo("+3225550100");
                for (String statement : List.of(
                        "alter table numbers add column label text",
                        "insert into numbers (number) values ('+3225550101')",
                        "alter sequence alone restart",
                        "drop view seen",
                        "alter type colour add value 'blue'",
                        "drop function one()",
                        "drop table old")) {
                    owner.createStatement().execute(statement);
                }
            }
        }
    }

    @Test
    void aStartThatFailsSaysWhereTheLogIs() throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("postgres"));
        Files.writeString(folder.resolve("PG_VERSION"), "9.6\n");
        assertThatThrownBy(this::start).hasMessageContaining("Postgres did not start").hasMessageContaining("postgres.log");
        Path log = temporary.resolve("postgres.log");
        // Postgres' output is copied by a separate thread.
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while ((!Files.exists(log) || Files.size(log) == 0) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(log).content().isNotBlank();
    }

    @Test
    void theConsoleHasADatabaseOfItsOwnThatTheOthersDoNotEnter() throws Exception {
        for (int start = 0; start < 2; start++) {
            try (PostgresServer server = start()) {
                String url = PostgresLogins.consoleUrl(server.jdbcUrl());
                try (Connection console = DriverManager.getConnection(url, logins.console().user(), logins.console().password())) {
                    console.createStatement().execute("create table if not exists kept (x int)");
                }
                for (Login other : List.of(logins.owner(), logins.tenants())) {
                    assertThatThrownBy(() -> DriverManager.getConnection(url, other.user(), other.password()).close())
                            .isInstanceOf(SQLException.class)
                            .extracting(failure -> ((SQLException) failure).getSQLState())
                            .isEqualTo("42501");
                }
            }
        }
    }

    private static Connection connect(PostgresServer server, Login login) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), login.user(), login.password());
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
