package dev.trunkline.router.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * Proves to the policies that a transaction may name an organisation: a digest of the organisation, of the connection
 * and of the moment at which the transaction began, under a secret that only the owner can read. A proof is therefore
 * worthless for another organisation, on another connection, or later. The function {@code tenant_organisation} in
 * Postgres computes the same digest. Thread-safe.
 */
final class TenantProofs {
    private final TenantSecret secret;

    TenantProofs(TenantSecret secret) {
        this.secret = secret;
    }

    /** @param connection in the transaction for which the proof is made */
    String of(UUID organisation, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid() || ' '"
                        + " || (extract(epoch from transaction_timestamp()) * 1000000)::bigint")) {
            row.next();
            return secret.digest(organisation + " " + row.getString(1));
        }
    }
}
