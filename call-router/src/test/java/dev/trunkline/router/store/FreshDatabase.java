package dev.trunkline.router.store;

import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.local.Ports;
import dev.trunkline.local.PostgresLogins;
import dev.trunkline.local.PostgresLogins.Login;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A separate database for each test class, with the schema, on one real server for all of them. Its owner is not a
 * superuser, but may create roles.
 */
public final class FreshDatabase implements BeforeAllCallback {
    private static final ExtensionContext.Namespace SERVER = ExtensionContext.Namespace.create(FreshDatabase.class);
    private static final String OWNER = "router";

    private final String name = "db" + UUID.randomUUID().toString().replace("-", "");
    private Server server;

    /** The server, which runs until the last test is over. */
    private record Server(Backend postgres, PostgresLogins logins) implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        static Server start() {
            try {
                PostgresLogins logins = PostgresLogins.make(new SecureRandom());
                var server = new Server(Backends.chosen().postgres(Ports.free(), logins), logins);
                server.run("create role " + OWNER + " login createrole password '" + server.password() + "'");
                return server;
            } catch (Exception e) {
                throw new IllegalStateException("no Postgres for the tests", e);
            }
        }

        /** Returns the password of every login that the tests create. */
        String password() {
            return logins.owner().password();
        }

        void run(String... statements) throws SQLException {
            execute(postgres.address(), statements);
        }

        void execute(String url, String... statements) throws SQLException {
            Login administrator = logins.administrator();
            try (Connection connection = DriverManager.getConnection(url, administrator.user(), administrator.password());
                    Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }

        @Override
        public void close() throws Exception {
            postgres.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        server = context.getRoot().getStore(SERVER).getOrComputeIfAbsent(Server.class, key -> Server.start(), Server.class);
        server.run("create database " + name + " owner " + OWNER);
        asAdministrator("alter schema public owner to " + OWNER);
        migrate();
    }

    public void migrate() {
        Flyway.configure().dataSource(owner()).load().migrate();
    }

    /** Creates another database, without the schema, for an owner whose only right is to log in. */
    public PGSimpleDataSource emptyOneOf(String plainOwner) throws SQLException {
        String another = "db" + UUID.randomUUID().toString().replace("-", "");
        asAdministrator(
                "create role " + plainOwner + " login password '" + server.password() + "'",
                "create database " + another + " owner " + plainOwner);
        PGSimpleDataSource source = source(plainOwner);
        source.setDatabaseName(another);
        return source;
    }

    public String jdbcUrl() {
        return server.postgres().address().replaceAll("/[^/]*$", "/" + name);
    }

    /** Returns connections of the database's owner. */
    public PGSimpleDataSource owner() {
        return source(OWNER);
    }

    public PGSimpleDataSource source(String user) {
        var source = new PGSimpleDataSource();
        source.setURL(jdbcUrl());
        source.setUser(user);
        source.setPassword(server.password());
        return source;
    }

    /** Runs statements as a superuser. */
    public void asAdministrator(String... statements) throws SQLException {
        server.execute(jdbcUrl(), statements);
    }
}
