package dev.trunkline.console.accounts;

import dev.trunkline.console.problem.Refused;
import dev.trunkline.console.store.Columns;
import dev.trunkline.console.store.Database;
import dev.trunkline.events.OrganisationRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** API keys of programs, in the database. A key is shown once, when it is created. Thread-safe. */
public final class ApiKeys {
    /** Makes a key recognisable where it should not be: in a log, in a repository. */
    static final String PREFIX = "tlk_";

    private static final int OCTETS = 32;
    private static final int SHOWN = PREFIX.length() + 6;
    /** Keys of one organisation, or of the suite itself, that may be valid at the same time. */
    private static final int MOST = 50;
    /** The time of last use is not written at every request. */
    private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);
    private static final Duration LISTED = Duration.ofDays(400);

    private final Database database;
    private final SecureRandom random;
    private final InstantSource clock;

    /** @param organisation whose data the program sees; empty for all @param endsAt empty for never */
    record Wanted(String name, Role role, Optional<OrganisationRef> organisation, Optional<Instant> endsAt) {}

    /**
     * What is shown of a key.
     *
     * @param beginning its first characters
     * @param organisation by name
     * @param usedAt to the minute
     */
    public record Shown(
            UUID id,
            String name,
            String beginning,
            Role role,
            Optional<String> organisation,
            Instant madeAt,
            String madeBy,
            Optional<Instant> endsAt,
            Optional<Instant> usedAt,
            Optional<Instant> revokedAt,
            Optional<String> revokedBy) {}

    /** @param key for the program: it is stored nowhere else */
    public record Made(String key, Shown shown) {
        /** Leaves the key out. */
        @Override
        public String toString() {
            return "Made[" + shown.id() + "]";
        }
    }

    /** A key that was sent and is valid. */
    record Known(UUID id, User user, Optional<Instant> endsAt) {}

    public ApiKeys(Database database, SecureRandom random, InstantSource clock) {
        this.database = database;
        this.random = random;
        this.clock = clock;
    }

    /** @throws Refused if there are too many */
    Made make(Wanted wanted, String by) throws SQLException {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
        var shown = new Shown(
                UUID.randomUUID(), wanted.name(), key.substring(0, SHOWN), wanted.role(), wanted.organisation().map(OrganisationRef::name),
                clock.instant(), by, wanted.endsAt(), Optional.empty(), Optional.empty(), Optional.empty());
        Optional<String> organisation = wanted.organisation().map(OrganisationRef::id);
        int written = database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    insert into api_keys (id, secret, beginning, name, role, organisation_id, organisation, made_at, made_by, ends_at)
                    select ?, ?, ?, ?, ?, ?::text, ?::text, ?, ?, ?::timestamptz
                    where (select count(*) from api_keys where organisation_id is not distinct from ? and revoked_at is null
                      and (ends_at is null or ends_at > now())) < ?""")) {
                Columns.bind(statement, List.of(
                        shown.id(), digest(key), shown.beginning(), shown.name(), shown.role().code(), organisation, shown.organisation(),
                        shown.madeAt(), by, shown.endsAt(), organisation, MOST));
                return statement.executeUpdate();
            }
        });
        if (written == 0) {
            throw Refused.conflict("There are already %d valid keys: revoke one that is not needed.".formatted(MOST));
        }
        return new Made(key, shown);
    }

    /** Lists the keys that the user may know of, newest first; keys that no longer work are included for {@link #LISTED}. */
    List<Shown> list(User user) throws SQLException {
        return database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    select * from api_keys
                    where (?::text is null or organisation_id = ?) and coalesce(revoked_at, ends_at, now()) > ?
                    order by made_at desc, id""")) {
                Optional<String> organisation = user.organisation().map(OrganisationRef::id);
                Columns.bind(statement, List.of(organisation, organisation, clock.instant().minus(LISTED)));
                List<Shown> keys = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        keys.add(shown(row));
                    }
                }
                return keys;
            }
        });
    }

    private static Shown shown(ResultSet row) throws SQLException {
        return new Shown(
                row.getObject("id", UUID.class), row.getString("name"), row.getString("beginning"), role(row),
                Columns.text(row, "organisation"), Columns.instant(row, "made_at"), row.getString("made_by"),
                Columns.maybeInstant(row, "ends_at"), Columns.maybeInstant(row, "used_at"), Columns.maybeInstant(row, "revoked_at"),
                Columns.text(row, "revoked_by"));
    }

    private static Role role(ResultSet row) throws SQLException {
        return Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT));
    }

    /** @return whether there was a valid key that the user may revoke */
    boolean revoke(User user, UUID id) throws SQLException {
        return database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    update api_keys set revoked_at = ?, revoked_by = ?
                    where id = ? and revoked_at is null and (?::text is null or organisation_id = ?)""")) {
                Optional<String> organisation = user.organisation().map(OrganisationRef::id);
                Columns.bind(statement, List.of(clock.instant(), user.name(), id, organisation, organisation));
                return statement.executeUpdate() == 1;
            }
        });
    }

    /** Returns the owner of a valid key; empty if there is none. */
    Optional<Known> of(String key) throws SQLException {
        return look(key, true);
    }

    /** Checks a key for an ongoing stream, which does not count as use. */
    public boolean stands(String key) throws SQLException {
        return look(key, false).isPresent();
    }

    private Optional<Known> look(String key, boolean isUse) throws SQLException {
        Instant now = clock.instant();
        return database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "select * from api_keys where secret = ? and revoked_at is null and (ends_at is null or ends_at > ?)")) {
                Columns.bind(statement, List.of(digest(key), now));
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    UUID id = row.getObject("id", UUID.class);
                    Optional<Instant> used = Columns.maybeInstant(row, "used_at");
                    if (isUse && used.filter(at -> at.plus(BETWEEN_NOTES).isAfter(now)).isEmpty()) {
                        note(id, now);
                    }
                    return Optional.of(new Known(id, user(row), Columns.maybeInstant(row, "ends_at")));
                }
            }
        });
    }

    /** Returns the key as a user, marked as a program to tell it from a person in notes and in the router's history. */
    private static User user(ResultSet row) throws SQLException {
        Optional<String> name = Columns.text(row, "organisation");
        return new User("key " + row.getString("name"), role(row),
                Columns.text(row, "organisation_id").map(id -> new OrganisationRef(id, name.orElse(""))));
    }

    private void note(UUID id, Instant now) throws SQLException {
        database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("update api_keys set used_at = ? where id = ?")) {
                Columns.bind(statement, List.of(now, id));
                return statement.executeUpdate();
            }
        });
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
