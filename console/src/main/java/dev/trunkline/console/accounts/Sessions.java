package dev.trunkline.console.accounts;

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

/** Sessions in the database, so that a restart signs nobody out. They end after a period of inactivity, and at the latest after a time that a setting has. */
public final class Sessions {
    private static final int TOKEN_OCTETS = 32;
    /** The time of last activity is not written at every request. */
    private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);

    private final Database database;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Duration idle;
    private final Duration longest;

    /** A session that has just begun. @param token for the cookie */
    public record Begun(String token, Session session) {
        /** Leaves the token out. */
        @Override
        public String toString() {
            return "Begun[" + session + "]";
        }
    }

    /**
     * @param idle inactivity after which a session ends
     * @param longest time after which a session ends regardless of activity
     */
    public Sessions(Database database, SecureRandom random, InstantSource clock, Duration idle, Duration longest) {
        this.database = database;
        this.random = random;
        this.clock = clock;
        this.idle = idle;
        this.longest = longest;
    }

    /** Begins a session for an account of the console. */
    public Begun begin(User user) throws SQLException {
        return begin(user, Optional.empty());
    }

    /** Begins a session for a user of an identity provider. @param idToken as the provider issued it */
    public Begun begin(User user, String idToken) throws SQLException {
        return begin(user, Optional.of(idToken));
    }

    private Begun begin(User user, Optional<String> idToken) throws SQLException {
        String token = token();
        String csrf = token();
        Instant now = clock.instant();
        database.together(connection -> {
            try (PreparedStatement old = connection.prepareStatement("delete from sessions where seen_at < ? or begun_at < ?")) {
                Columns.bind(old, List.of(now.minus(idle), now.minus(longest)));
                old.executeUpdate();
            }
            try (PreparedStatement statement = connection.prepareStatement("""
                    insert into sessions (token, csrf, begun_at, seen_at, account, provided_name, provided_role, provided_organisation,
                      provided_organisation_id, id_token) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
                List<Object> values = new ArrayList<>(List.of(digest(token), csrf, now, now));
                values.addAll(idToken.isEmpty() ? ofAccount(user) : provided(user, idToken.get()));
                Columns.bind(statement, values);
                return statement.executeUpdate();
            }
        });
        return new Begun(token, new Session(user, csrf, expiry(now, now), idToken));
    }

    private static List<Object> ofAccount(User user) {
        Optional<String> none = Optional.empty();
        return List.of(user.name(), none, none, none, none, none);
    }

    private static List<Object> provided(User user, String idToken) {
        return List.of(
                Optional.empty(), user.name(), user.role().code(), user.organisation().map(OrganisationRef::name),
                user.organisation().map(OrganisationRef::id), idToken);
    }

    /** Returns the session of a cookie; empty if there is none or it has ended. The request counts as activity. */
    public Optional<Session> of(String token) throws SQLException {
        return look(token, true);
    }

    /** Checks a session for an ongoing stream, which does not count as activity. */
    public boolean stands(String token) throws SQLException {
        return look(token, false).isPresent();
    }

    private Optional<Session> look(String token, boolean isUse) throws SQLException {
        Instant now = clock.instant();
        return database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    select coalesce(a.name, s.provided_name) as name, coalesce(a.role, s.provided_role) as role,
                      coalesce(a.organisation, s.provided_organisation) as organisation,
                      coalesce(a.organisation_id, s.provided_organisation_id) as organisation_id, s.id_token, s.csrf, s.begun_at, s.seen_at
                    from sessions s left join accounts a on a.name = s.account
                    where s.token = ? and s.seen_at >= ? and s.begun_at >= ?
                      and (a.organisation is null or a.organisation_id is not null)""")) {
                Columns.bind(statement, List.of(digest(token), now.minus(idle), now.minus(longest)));
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    Instant seen = Columns.instant(row, "seen_at");
                    if (isUse && Duration.between(seen, now).compareTo(BETWEEN_NOTES) > 0) {
                        seen = now;
                        note(token, now);
                    }
                    return Optional.of(new Session(
                            user(row), row.getString("csrf"), expiry(Columns.instant(row, "begun_at"), seen), Columns.text(row, "id_token")));
                }
            }
        });
    }

    private static User user(ResultSet row) throws SQLException {
        Optional<String> name = Columns.text(row, "organisation");
        return new User(
                row.getString("name"), Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                Columns.text(row, "organisation_id").map(id -> new OrganisationRef(id, name.orElse(""))));
    }

    private void note(String token, Instant now) throws SQLException {
        database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("update sessions set seen_at = ? where token = ?")) {
                Columns.bind(statement, List.of(now, digest(token)));
                return statement.executeUpdate();
            }
        });
    }

    public void end(String token) throws SQLException {
        database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("delete from sessions where token = ?")) {
                statement.setBytes(1, digest(token));
                return statement.executeUpdate();
            }
        });
    }

    /** Ends the sessions of all accounts of the console. */
    public void endOfAccounts() throws SQLException {
        database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("delete from sessions where account is not null")) {
                return statement.executeUpdate();
            }
        });
    }

    private Instant expiry(Instant begun, Instant seen) {
        Instant byUse = seen.plus(idle);
        Instant byAge = begun.plus(longest);
        return byUse.isBefore(byAge) ? byUse : byAge;
    }

    private String token() {
        byte[] octets = new byte[TOKEN_OCTETS];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
