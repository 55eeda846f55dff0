package dev.trunkline.router.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.Driver;
import org.postgresql.util.PasswordUtil;

/**
 * The Postgres login as which tenants' requests connect: a member of {@code trunkline_tenant} and of nothing else.
 * Either the administrator created one and the settings name it, or the owner creates one for this database at the
 * first request, with a password that every replica derives from the schema's secret. Thread-safe.
 */
public final class TenantLogin implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TenantLogin.class);
    private static final int MOST_CONNECTIONS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Key of the advisory lock that lets one replica create the login at a time. */
    private static final long LOCK = 0x6C6F67696EL;

    /** Name and password of a Postgres login. */
    public record Credentials(String user, String password) {
        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }

    /** What tenants' requests connect to. */
    private sealed interface Choice {
        record Own(AgroalDataSource pool) implements Choice {}

        record OwnersConnections() implements Choice {}
    }

    private final DataSource owner;
    private final TenantSecret secret;
    private final String jdbcUrl;
    private final Optional<Credentials> given;
    private Optional<Choice> choice = Optional.empty();

    /** @param given a login that the administrator created; empty to create one */
    public TenantLogin(DataSource owner, String jdbcUrl, Optional<Credentials> given) {
        this.owner = owner;
        this.secret = new TenantSecret(owner);
        this.jdbcUrl = jdbcUrl;
        this.given = given;
    }

    /** Opens a connection with a tenant's rights at most; with the owner's if there is no login, see {@link Transactions}. */
    Connection open() throws SQLException {
        return switch (choose()) {
            case Choice.Own(AgroalDataSource pool) -> pool.getConnection();
            case Choice.OwnersConnections() -> owner.getConnection();
        };
    }

    private synchronized Choice choose() throws SQLException {
        if (choice.isEmpty()) {
            choice = Optional.of(given.isPresent() ? new Choice.Own(pool(given.get())) : made());
        }
        return choice.get();
    }

    private Choice made() throws SQLException {
        try {
            AgroalDataSource pool = pool(make());
            try (Connection works = pool.getConnection()) {
                LOG.infof("tenants' requests reach Postgres as %s", works.getMetaData().getUserName());
                return new Choice.Own(pool);
            } catch (SQLException e) {
                pool.close();
                throw e;
            }
        } catch (SQLException e) {
            // 42501: the owner may not create roles. 28…: the server does not accept the login.
            String state = Optional.ofNullable(e.getSQLState()).orElse("");
            if (!state.equals("42501") && !state.startsWith("28")) {
                throw e;
            }
            LOG.warnf("tenants' requests share the owner's connections to Postgres, as it has no login for them (%s):"
                    + " have its administrator run \"create role NAME login password '…' in role trunkline_tenant\" and"
                    + " set TRUNKLINE_TENANT_LOGIN_USER and TRUNKLINE_TENANT_LOGIN_PASSWORD", e.getMessage());
            return new Choice.OwnersConnections();
        }
    }

    private Credentials make() throws SQLException {
        String password = secret.digest("login");
        return new Transactions(owner).asOwner(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
                String user = first(statement,
                        "select 'trunkline_tenant_' || oid from pg_database where datname = current_database()");
                boolean there = first(statement, "select exists (select from pg_roles where rolname = '" + user + "')")
                        .equals("t");
                // Encoded here, because the statement may appear in the server's log.
                String encoded = PasswordUtil.encodePassword(user, password.toCharArray(), "scram-sha-256");
                statement.execute("%s role %s login password '%s'".formatted(there ? "alter" : "create", user, encoded));
                statement.execute("grant trunkline_tenant to " + user);
                return new Credentials(user, password);
            }
        });
    }

    private static String first(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private AgroalDataSource pool(Credentials credentials) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(MOST_CONNECTIONS)
                        .acquisitionTimeout(PATIENCE)
                        // Postgres may have restarted since a connection was last used.
                        .connectionValidator(ConnectionValidator.defaultValidator())
                        .validateOnBorrow(true)
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(jdbcUrl)
                                .connectionProviderClass(Driver.class)
                                .principal(new NamePrincipal(credentials.user()))
                                .credential(new SimplePassword(credentials.password()))
                                .jdbcProperty("connectTimeout", "2")
                                .jdbcProperty("socketTimeout", "10"))));
    }

    @Override
    public synchronized void close() {
        if (choice.isPresent() && choice.get() instanceof Choice.Own(AgroalDataSource pool)) {
            pool.close();
        }
    }
}
