package dev.trunkline.local;

import java.security.SecureRandom;

/**
 * Who may log in to the Postgres of one machine, each by a password of its own.
 *
 * @param administrator superuser, for people and tests alone: whoever logs in as this may run programs as the server's
 *     user ({@code COPY … TO PROGRAM})
 * @param owner owns the router's schema and may do nothing else: neither make roles, nor read files or run programs
 * @param tenants what tenants' requests work as, a member of {@code trunkline_tenant} alone
 */
public record PostgresLogins(Login administrator, Login owner, Login tenants) {
    /** A name and password of Postgres. */
    public record Login(String user, String password) {
        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    static PostgresLogins withPasswords(String administrator, String owner, String tenants) {
        return new PostgresLogins(
                new Login("postgres", administrator), new Login("trunkline", owner), new Login("trunkline_tenants", tenants));
    }

    /** Statements that the administrator runs in database {@code postgres} of a server, so that these are its logins. */
    public String script() {
        return PostgresSetup.script(this);
    }

    /** With new passwords. */
    public static PostgresLogins make(SecureRandom random) {
        return withPasswords(Passwords.make(random), Passwords.make(random), Passwords.make(random));
    }
}
