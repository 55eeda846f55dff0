package dev.trunkline.console.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Which organisations have a name, by which there is no index on calls and counts. */
public final class OrganisationNames {
    private OrganisationNames() {}

    /** Ids of all that have or had it; none where nobody did. */
    public static List<String> ids(Connection connection, String name) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("select organisation_id from organisation_names where name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getString(1));
                }
            }
        }
        return ids;
    }

    /** The condition that a row is of one of these; its value is {@link #value}. One alone is asked for by equality, which plans best. */
    public static String condition(List<String> ids) {
        return ids.size() == 1 ? "organisation_id = ?" : "organisation_id = any (?)";
    }

    public static Object value(List<String> ids) {
        return ids.size() == 1 ? ids.getFirst() : ids.toArray(String[]::new);
    }
}
