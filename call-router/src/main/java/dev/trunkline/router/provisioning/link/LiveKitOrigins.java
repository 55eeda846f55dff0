package dev.trunkline.router.provisioning.link;

import dev.trunkline.router.store.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Finds which items of the directory came from LiveKit. */
public final class LiveKitOrigins {
    private final Transactions transactions;

    public LiveKitOrigins(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * @param list as in a directory file: {@code trunks}, {@code outbound_trunks}, {@code rules}; items of other lists
     *     never come from there
     * @return LiveKit's ids by the names here
     */
    public Map<String, String> of(String list) throws SQLException {
        return transactions.asOwner(connection -> {
            Map<String, String> ids = new HashMap<>();
            try (PreparedStatement statement = connection.prepareStatement(
                    "select name, livekit_id from livekit_items where name is not null and kind = ?")) {
                statement.setString(1, switch (list) {
                    case "trunks" -> "inbound_trunk";
                    case "outbound_trunks" -> "outbound_trunk";
                    case "rules" -> "rule";
                    default -> "";
                });
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        ids.put(row.getString(1), row.getString(2));
                    }
                }
            }
            return ids;
        });
    }
}
