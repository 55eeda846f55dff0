package dev.trunkline.local;

import java.io.IOException;
import java.security.SecureRandom;

/**
 * Who may log in to the Postgres of one machine, each by a password of its own.
 *
 * @param administrator superuser, for people and tests alone: whoever logs in as this may run programs as the server's
 *     user ({@code COPY … TO PROGRAM})
 * @param owner owns the router's schema and may do nothing else: neither make roles, nor read files or run programs
 * @param tenants what tenants' requests work as, a member of {@code trunkline_tenant} alone
 * @param console owns the console's database, {@link #CONSOLE_DATABASE}, and nothing else
 */
public record PostgresLogins(Login administrator, Login owner, Login tenants, Login console) {
    /** The console's own database. */
    public static final String CONSOLE_DATABASE = "trunkline_console";

    /** A name and password of Postgres. */
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

    /** Statements that the administrator runs in database {@code postgres} of a server, so that these are its logins. */
    public String script() {
        return PostgresSetup.script(this);
    }

    /** The console's database on the server whose database {@code postgres} has this address. */
    public static String consoleUrl(String jdbcUrl) {
        return jdbcUrl.substring(0, jdbcUrl.lastIndexOf('/') + 1) + CONSOLE_DATABASE;
    }

    /**
     * Makes the console's database where it is missing; after {@link #script}, for it belongs to one of these logins.
     *
     * @param jdbcUrl of the server's database {@code postgres}
     */
    public void makeDatabase(String jdbcUrl) throws IOException {
        PostgresSetup.makeDatabase(jdbcUrl, this);
    }

    /** With new passwords. */
    public static PostgresLogins make(SecureRandom random) {
        return withPasswords(Passwords.make(random), Passwords.make(random), Passwords.make(random), Passwords.make(random));
    }
}
