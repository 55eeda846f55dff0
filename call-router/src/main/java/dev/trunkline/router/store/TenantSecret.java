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
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/** The secret that was created with the schema, which only the owner can read. Thread-safe. */
final class TenantSecret {
    private final DataSource owner;
    private final AtomicReference<Optional<byte[]>> secret = new AtomicReference<>(Optional.empty());

    TenantSecret(DataSource owner) {
        this.owner = owner;
    }

    /** Returns a digest of a text, in hexadecimal, that cannot be computed without the secret. */
    String digest(String text) throws SQLException {
        byte[] key = key();
        // Twice, as in HMAC: the outer digest cannot be extended.
        return HexFormat.of().formatHex(sha256(key, sha256(key, text.getBytes(StandardCharsets.UTF_8))));
    }

    private byte[] key() throws SQLException {
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
