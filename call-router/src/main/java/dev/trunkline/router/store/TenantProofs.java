package dev.trunkline.router.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * What makes the policies believe the organisation that a transaction names: a digest of it, of the connection and of
 * the moment at which the transaction began, under a secret that only the owner can read. So a proof is worth nothing
 * for another organisation, on another connection, or later. The function {@code tenant_organisation} in Postgres
 * computes the same. Thread-safe.
 */
final class TenantProofs {
    private final TenantSecret secret;

    TenantProofs(TenantSecret secret) {
        this.secret = secret;
    }

    /** @param connection in the transaction that shall be believed */
    String of(UUID organisation, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid() || ' '"
                        + " || (extract(epoch from transaction_timestamp()) * 1000000)::bigint")) {
            row.next();
            return secret.digest(organisation + " " + row.getString(1));
        }
    }
}
