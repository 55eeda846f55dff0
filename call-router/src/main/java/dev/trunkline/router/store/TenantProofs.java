package dev.trunkline.router.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * What makes the policies believe the organisation that a transaction names: a digest of it, of the connection and of
 * the moment at which the transaction began, under a secret that only the owner can read. So a proof is worth nothing
 * for another organisation, on another connection, or later. The function {@code tenant_organisation} in Postgres
 * computes the same. Thread-safe.
 */
final class TenantProofs {
    private final DataSource owner;
    private final AtomicReference<Optional<byte[]>> secret = new AtomicReference<>(Optional.empty());

    TenantProofs(DataSource owner) {
        this.owner = owner;
    }

    /** @param connection in the transaction that shall be believed, before it gave up its rights or without any */
    String of(UUID organisation, Connection connection) throws SQLException {
        byte[] key = secret();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid() || ' '"
                        + " || (extract(epoch from transaction_timestamp()) * 1000000)::bigint")) {
            row.next();
            String fact = organisation + " " + row.getString(1);
            byte[] inner = sha256(key, fact.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256(key, inner));
        }
    }

    private byte[] secret() throws SQLException {
        if (secret.get().isEmpty()) {
            try (Connection connection = owner.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select secret from tenant_secret")) {
                row.next();
                secret.set(Optional.of(row.getBytes(1)));
            }
        }
        return secret.get().orElseThrow();
    }

    private static byte[] sha256(byte[] key, byte[] text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key);
            return digest.digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
