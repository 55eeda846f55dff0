package dev.trunkline.console.accounts;

import dev.trunkline.console.store.Columns;
import dev.trunkline.console.store.Database;
import dev.trunkline.events.OrganisationRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The accounts that may sign in, in the database. */
public final class Accounts {
    private final Database database;
    private final PasswordHash passwords;

    /** An account as named in the settings. @param organisation by name; empty for all */
    public record Wanted(String name, Role role, Optional<String> organisation, String password) {
        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Wanted[" + name + ", " + role + "]";
        }
    }

    /** @param organisationId empty until the router has been asked for it */
    record Account(String name, Role role, String password, Optional<String> organisation, Optional<String> organisationId) {
        Optional<OrganisationRef> whose() {
            return organisationId.map(id -> new OrganisationRef(id, organisation.orElseThrow()));
        }

        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Account[" + name + ", " + role + "]";
        }
    }

    public Accounts(Database database, PasswordHash passwords) {
        this.database = database;
        this.passwords = passwords;
    }

    /** Creates missing accounts and updates the others to the settings; an account whose password has changed is signed out. */
    public void ensure(List<Wanted> wanted) throws SQLException {
        for (Wanted one : wanted) {
            Optional<Account> known = find(one.name());
            if (known.filter(account -> isSame(account, one)).isEmpty()) {
                String hash = passwords.of(one.password());
                database.together(connection -> write(connection, one, hash));
            }
        }
    }

    private boolean isSame(Account account, Wanted wanted) {
        return account.role() == wanted.role()
                && account.organisation().equals(wanted.organisation())
                && passwords.fits(wanted.password(), account.password());
    }

    private static Void write(Connection connection, Wanted wanted, String hash) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into accounts (name, role, password, organisation) values (?, ?, ?, ?)
                on conflict (name) do update set role = excluded.role, password = excluded.password,
                  organisation = excluded.organisation, organisation_id = null""")) {
            Columns.bind(statement, List.of(wanted.name(), wanted.role().code(), hash, wanted.organisation()));
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement("delete from sessions where account = ?")) {
            statement.setString(1, wanted.name());
            statement.executeUpdate();
        }
        return null;
    }

    Optional<Account> find(String name) throws SQLException {
        return database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "select name, role, password, organisation, organisation_id from accounts where name = ?")) {
                statement.setString(1, name);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(account(row)) : Optional.empty();
                }
            }
        });
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString("name"), Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)), row.getString("password"),
                Columns.text(row, "organisation"), Columns.text(row, "organisation_id"));
    }

    /** Stores the id that the router gave for the account's organisation. */
    void organisationIs(String account, String id) throws SQLException {
        database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("update accounts set organisation_id = ? where name = ?")) {
                statement.setString(1, id);
                statement.setString(2, account);
                return statement.executeUpdate();
            }
        });
    }
}
