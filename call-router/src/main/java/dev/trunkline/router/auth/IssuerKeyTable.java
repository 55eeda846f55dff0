package dev.trunkline.router.auth;

import dev.trunkline.router.store.Transactions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The issuer's keys in Postgres: all replicas sign with the same key, and a restart invalidates no token. */
final class IssuerKeyTable {
    private static final String ALL =
            "select key_id, private_key, public_key, retired_at from issuer_keys where algorithm = '"
                    + IssuerKey.ALGORITHM + "' order by created_at desc, key_id";
    private static final String INSERT =
            "insert into issuer_keys (key_id, algorithm, private_key, public_key) values (?, ?, ?, ?)";

    private final Transactions transactions;
    private final SecureRandom random;

    IssuerKeyTable(Transactions transactions, SecureRandom random) {
        this.transactions = transactions;
        this.random = random;
    }

    /** Returns the keys, the youngest first; creates the first one if there is none that signs. */
    List<IssuerKey> readOrCreate() throws SQLException {
        return transactions.asOwner(connection -> {
            List<IssuerKey> keys = read(connection);
            if (keys.stream().anyMatch(key -> key.retiredAt().isEmpty())) {
                return keys;
            }
            try (Statement statement = connection.createStatement()) {
                // Two replicas at their first start: the second waits, and then finds the key of the first.
                statement.execute("lock table issuer_keys in share row exclusive mode");
            }
            if (read(connection).stream().noneMatch(key -> key.retiredAt().isEmpty())) {
                insert(connection, IssuerKey.generate(UUID.randomUUID().toString(), random));
            }
            return read(connection);
        });
    }

    private static List<IssuerKey> read(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet rows = statement.executeQuery()) {
            List<IssuerKey> keys = new ArrayList<>();
            while (rows.next()) {
                keys.add(IssuerKey.decode(
                        rows.getString("key_id"),
                        rows.getBytes("private_key"),
                        rows.getBytes("public_key"),
                        Optional.ofNullable(rows.getObject("retired_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)));
            }
            return keys;
        }
    }

    private static void insert(Connection connection, IssuerKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, key.id());
            statement.setString(2, IssuerKey.ALGORITHM);
            statement.setBytes(3, key.privateKey().getEncoded());
            statement.setBytes(4, key.publicKey().getEncoded());
            statement.executeUpdate();
        }
    }
}
