package dev.trunkline.console.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Resolves the name of an organisation to ids, because calls and counts have no index on the name. */
public final class OrganisationNames {
    private OrganisationNames() {}

    /** Ids of all organisations that have or had the name; empty if there are none. */
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

    /**
     * The condition that a row belongs to one of these; its value is {@link #value}. A single id is compared by equality, which gives the
     * best query plan.
     */
    public static String condition(List<String> ids) {
        return ids.size() == 1 ? "organisation_id = ?" : "organisation_id = any (?)";
    }

    public static Object value(List<String> ids) {
        return ids.size() == 1 ? ids.getFirst() : ids.toArray(String[]::new);
    }
}
