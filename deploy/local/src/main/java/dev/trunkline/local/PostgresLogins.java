package dev.trunkline.local;

import java.io.IOException;
import java.security.SecureRandom;

/**
 * The logins of the Postgres of one machine, each with a password of its own.
 *
 * @param administrator superuser, only for people and tests, because this login may run programs as the server's
 *     user ({@code COPY … TO PROGRAM})
 * @param owner owns the router's schema and may do nothing else: it cannot create roles, read files or run programs
 * @param tenants login for tenants' requests, a member of {@code trunkline_tenant} only
 * @param console owns the console's database, {@link #CONSOLE_DATABASE}, and nothing else
 */
public record PostgresLogins(Login administrator, Login owner, Login tenants, Login console) {
    /** The console's own database. */
    public static final String CONSOLE_DATABASE = "trunkline_console";

    /** A Postgres user and password. */
    public record Login(String user, String password) {
        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    static PostgresLogins withPasswords(String administrator, String owner, String tenants, String console) {
        return new PostgresLogins(
                new Login("postgres", administrator), new Login("trunkline", owner), new Login("trunkline_tenants", tenants),
                new Login(CONSOLE_DATABASE, console));
    }

    /** Returns the statements that create these logins; the administrator runs them in the server's database {@code postgres}. */
    public String script() {
        return PostgresSetup.script(this);
    }

    /** Returns the address of the console's database on the server whose database {@code postgres} has this address. */
    public static String consoleUrl(String jdbcUrl) {
        return jdbcUrl.substring(0, jdbcUrl.lastIndexOf('/') + 1) + CONSOLE_DATABASE;
    }

    /**
     * Creates the console's database if it is missing. Call it after {@link #script}, because one of these logins owns the database.
     *
     * @param jdbcUrl of the server's database {@code postgres}
     */
    public void makeDatabase(String jdbcUrl) throws IOException {
        PostgresSetup.makeDatabase(jdbcUrl, this);
    }

    /** Creates logins with new passwords. */
    public static PostgresLogins make(SecureRandom random) {
        return withPasswords(Passwords.make(random), Passwords.make(random), Passwords.make(random), Passwords.make(random));
    }
}
