package dev.trunkline.router.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Runs work in one transaction of Postgres: it is committed when the work returns, and rolled back when it throws.
 *
 * <p>As owner, work sees and does everything. As a tenant it sees the rows of one organisation, and may change only
 * some fields of its own numbers: the label, whether they are active, their configuration, and its own limits within
 * those that the administrator grants. Three things confine it:
 * <ul>
 *   <li>Its statements run as the role {@code trunkline_tenant}, which has no other grants, under row-level security.
 *   <li>The organisation is a setting of the transaction, which any statement may change. However, the policies believe it
 *       only together with a proof ({@link TenantProofs}) that a tenant cannot make: SQL that names another organisation
 *       sees nothing at all.
 *   <li>The connection belongs to a login that has this role and no other ({@link TenantLogin}), so {@code reset role} or
 *       {@code commit} gains nothing, and afterwards the session is cleared for the next tenant.
 * </ul>
 * This confines any SQL that a tenant may manage to run. If Postgres provides no such login, the log says so at the
 * first request, and the owner's connection is used: then every statement is confined except one that ends the
 * transaction or changes the role back. All this is about rows: raw SQL can still waste the database's time.
 */
public final class Transactions {

    /** @param <E> what the work throws in addition */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T in(Connection connection) throws SQLException, E;
    }

    @FunctionalInterface
    private interface Connections {
        Connection open() throws SQLException;
    }

    private final DataSource owner;
    private final Connections tenants;
    private final TenantProofs proofs;

    /** Creates transactions in which tenants' work uses the owner's connections. */
    public Transactions(DataSource owner) {
        this(owner, owner::getConnection);
    }

    public Transactions(DataSource owner, TenantLogin tenants) {
        this(owner, tenants::open);
    }

    private Transactions(DataSource owner, Connections tenants) {
        this.owner = owner;
        this.tenants = tenants;
        this.proofs = new TenantProofs(new TenantSecret(owner));
    }

    /** Runs work of the service itself, with all rights. */
    public <T, E extends Exception> T asOwner(Work<T, E> work) throws SQLException, E {
        try (Connection connection = owner.getConnection()) {
            return run(connection, work);
        }
    }

    /**
     * Runs work that was requested by the API, with all rights.
     *
     * @param actor the requester, for the history of numbers
     */
    public <T, E extends Exception> T asOwner(String actor, Work<T, E> work) throws SQLException, E {
        return asOwner(Actor.byApi(actor), work);
    }

    /** Runs work that was requested, with all rights. */
    public <T, E extends Exception> T asOwner(Actor actor, Work<T, E> work) throws SQLException, E {
        return this.<T, E>asOwner(connection -> {
            name(actor, connection);
            return work.in(connection);
        });
    }

    /** Runs work that a member of a tenant requested, with the rights of that tenant, see above. */
    public <T, E extends Exception> T asTenant(UUID organisation, Actor actor, Work<T, E> work) throws SQLException, E {
        return this.<T, E>asTenant(organisation, connection -> {
            name(actor, connection);
            return work.in(connection);
        });
    }

    /** Runs work with the rights of a tenant, see above. */
    public <T, E extends Exception> T asTenant(UUID organisation, Work<T, E> work) throws SQLException, E {
        try (Connection connection = tenants.open()) {
            try {
                return this.<T, E>run(connection, inside -> {
                    enter(inside, organisation);
                    return work.in(inside);
                });
            } finally {
                forget(connection);
            }
        }
    }

    private void enter(Connection connection, UUID organisation) throws SQLException {
        String proof = proofs.of(organisation, connection);
        execute(connection, "set local role trunkline_tenant");
        set(connection, "trunkline.organisation", organisation.toString());
        set(connection, "trunkline.proof", proof);
    }

    /** Clears the session, so that nothing a tenant's statements left in it, such as a temporary table, reaches the next tenant. */
    private static void forget(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            execute(connection, "discard all");
        }
    }

    private static void name(Actor actor, Connection connection) throws SQLException {
        set(connection, "trunkline.actor", actor.name());
        set(connection, "trunkline.via", actor.via().code());
    }

    private static void set(Connection connection, String setting, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select set_config(?, ?, true)")) {
            statement.setString(1, setting);
            statement.setString(2, value);
            statement.executeQuery().close();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static <T, E extends Exception> T run(Connection connection, Work<T, E> work) throws SQLException, E {
        connection.setAutoCommit(false);
        T result;
        try {
            result = work.in(connection);
            connection.commit();
        } catch (Throwable failure) {
            undo(connection, failure);
            throw failure;
        }
        connection.setAutoCommit(true);
        return result;
    }

    private static void undo(Connection connection, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The connection is lost, and the transaction with it; the original failure is more informative.
            failure.addSuppressed(e);
        }
    }
}
