package dev.trunkline.router.sounds;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sounds of one owner on a connection: those of an organisation, or the suite's. A tenant's connection sees no others. */
final class SoundRows {
    private static final String SELECT = """
            select s.name, s.language, o.name as organisation, s.is_default, s.content_type, octet_length(s.file) as octets, s.millis, s.sha256,
                s.written_by, s.written_at
            from sounds s left join organisations o on o.id = s.organisation_id
            """;
    private static final String KEY = "organisation_id is not distinct from ?::uuid and name = ? and language = ?";

    private final Connection connection;
    private final Optional<UUID> owner;

    /** @param owner empty for the suite */
    SoundRows(Connection connection, Optional<UUID> owner) {
        this.connection = connection;
        this.owner = owner;
    }

    /** Returns all that the connection sees, whoever owns them. */
    static List<SoundView> all(Connection connection) throws SQLException {
        return views(connection, SELECT + "order by o.name nulls first, s.name, s.language");
    }

    List<SoundView> list() throws SQLException {
        return views(connection, SELECT + "where s.organisation_id is not distinct from ?::uuid order by s.name, s.language", owner);
    }

    /** Returns a sound in all its languages. */
    List<SoundView> named(String name) throws SQLException {
        return views(connection, SELECT + "where s.organisation_id is not distinct from ?::uuid and s.name = ? order by s.written_at, s.language",
                owner, name);
    }

    /** Returns how many there are, each language counted. */
    int count() throws SQLException {
        try (PreparedStatement statement = prepared(connection, "select count(*) from sounds where organisation_id is not distinct from ?::uuid", owner);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    Optional<StoredSound> file(String name, String language) throws SQLException {
        try (PreparedStatement statement = prepared(connection, "select content_type, sha256, file from sounds where " + KEY, owner, name, language);
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new StoredSound(row.getString(1), row.getString(2), row.getBytes(3)))
                    : Optional.empty();
        }
    }

    void insert(Upload upload, boolean isDefault) throws SQLException {
        update("insert into sounds (organisation_id, name, language, is_default, content_type, sha256, millis, file)"
                        + " values (?::uuid, ?, ?, ?, ?, ?, ?, ?)",
                owner, upload.name(), upload.language(), isDefault, upload.contentType(), upload.sha256(), (int) upload.millis(), upload.file());
    }

    void replace(Upload upload) throws SQLException {
        update("update sounds set content_type = ?, sha256 = ?, millis = ?, file = ? where " + KEY,
                upload.contentType(), upload.sha256(), (int) upload.millis(), upload.file(), owner, upload.name(), upload.language());
    }

    /** Makes this language the only default of the name. */
    void makeDefault(String name, String language) throws SQLException {
        update("update sounds set is_default = false where organisation_id is not distinct from ?::uuid and name = ? and language <> ? and is_default",
                owner, name, language);
        update("update sounds set is_default = true where not is_default and " + KEY, owner, name, language);
    }

    void remove(String name, String language) throws SQLException {
        update("delete from sounds where " + KEY, owner, name, language);
    }

    private void update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values)) {
            statement.executeUpdate();
        }
    }

    /** An empty Optional is null in Postgres. */
    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i] instanceof Optional<?> optional ? optional.orElse(null) : values[i]);
        }
        return statement;
    }

    private static List<SoundView> views(Connection connection, String sql, Object... values) throws SQLException {
        List<SoundView> views = new ArrayList<>();
        try (PreparedStatement statement = prepared(connection, sql, values); ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                views.add(new SoundView(
                        row.getString("name"), row.getString("language"), Optional.ofNullable(row.getString("organisation")),
                        row.getBoolean("is_default"), row.getString("content_type"), row.getInt("octets"), row.getInt("millis") / 1_000.0,
                        row.getString("sha256"), row.getString("written_by"), row.getObject("written_at", OffsetDateTime.class).toInstant()));
            }
        }
        return views;
    }
}
