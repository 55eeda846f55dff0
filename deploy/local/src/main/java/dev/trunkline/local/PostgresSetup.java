package dev.trunkline.local;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PasswordUtil;

/** Configures the Postgres of one machine before it listens: who may connect, how they authenticate, and what they own. */
final class PostgresSetup {
    /** Nobody may connect without a password, and there are no Unix sockets. */
    static final String HOST_BASED_AUTHENTICATION = """
            # Written at each start.
            # TYPE  DATABASE  USER  ADDRESS       METHOD
            host    all       all   127.0.0.1/32  scram-sha-256
            """;

    /**
     * The router's migration (V2) would create the first role itself, but only with a login that may create roles, and such a
     * login could make itself a member of pg_execute_server_program.
     */
    private static final String ROLES = """
            do $$
            declare statement text;
            begin
              for statement in
                select 'create role ' || missing from unnest(array['trunkline_tenant', '%1$s', '%2$s', '%3$s']) missing
                where not exists (select from pg_roles where rolname = missing)
              loop execute statement; end loop;
            end $$""";

    /** Transfers objects that an earlier version created as superuser. Sequences of columns and indexes follow their table. */
    private static final String OWNERSHIP = """
            do $$
            declare statement text;
            begin
              for statement in
                select format('alter table public.%%I owner to %1$s', relname) from pg_class
                where relnamespace = 'public'::regnamespace and relowner = '%2$s'::regrole
                  and (relkind in ('r', 'p', 'v', 'm') or relkind = 'S' and not exists
                    (select from pg_depend where objid = pg_class.oid and deptype in ('a', 'i')))
                union all
                select format('alter routine %%s owner to %1$s', oid::regprocedure) from pg_proc
                where pronamespace = 'public'::regnamespace and proowner = '%2$s'::regrole
                union all
                select format('alter type public.%%I owner to %1$s', typname) from pg_type
                where typnamespace = 'public'::regnamespace and typowner = '%2$s'::regrole and typtype in ('d', 'e')
              loop execute statement; end loop;
            end $$""";

    private static final String NOTHING_ELSE = "nosuperuser nocreaterole nocreatedb noreplication nobypassrls";

    private PostgresSetup() {}

    /** Returns idempotent statements for {@code postgres --single -j}. They contain passwords only as verifiers. */
    static String script(PostgresLogins logins) {
        String administrator = logins.administrator().user();
        String owner = logins.owner().user();
        String tenants = logins.tenants().user();
        String console = logins.console().user();
        return String.join(";\n\n", List.of(
                "alter role %s login password '%s'".formatted(administrator, verifier(logins.administrator())),
                ROLES.formatted(owner, tenants, console),
                "alter role %s login %s password '%s'".formatted(owner, NOTHING_ELSE, verifier(logins.owner())),
                "alter role %s login %s password '%s'".formatted(tenants, NOTHING_ELSE, verifier(logins.tenants())),
                "alter role %s login %s password '%s'".formatted(console, NOTHING_ELSE, verifier(logins.console())),
                "grant trunkline_tenant to %s, %s".formatted(owner, tenants),
                "alter schema public owner to " + owner,
                OWNERSHIP.formatted(owner, administrator))) + ";\n\n";
    }

    /** Creates the database outside the script, because Postgres creates databases only outside transactions. */
    static void makeDatabase(String jdbcUrl, PostgresLogins logins) throws IOException {
        var source = new PGSimpleDataSource();
        source.setURL(jdbcUrl);
        source.setUser(logins.administrator().user());
        source.setPassword(logins.administrator().password());
        String name = PostgresLogins.CONSOLE_DATABASE;
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            boolean there;
            try (ResultSet row = statement.executeQuery("select from pg_database where datname = '" + name + "'")) {
                there = row.next();
            }
            if (!there) {
                statement.execute("create database " + name + " owner " + logins.console().user());
            }
            // The logins of router and tenants have no business there.
            statement.execute("revoke connect, temporary on database " + name + " from public");
        } catch (SQLException e) {
            throw new IOException("Postgres did not create the database " + name + ": " + e.getMessage(), e);
        }
    }

    private static String verifier(PostgresLogins.Login login) {
        try {
            return PasswordUtil.encodePassword(login.user(), login.password().toCharArray(), "scram-sha-256");
        } catch (SQLException e) {
            throw new IllegalStateException("no verifier for the password of " + login.user(), e);
        }
    }
}
