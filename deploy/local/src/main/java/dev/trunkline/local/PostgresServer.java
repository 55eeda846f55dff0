package dev.trunkline.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server as a child process. It listens on loopback and on no other socket, and requires a password
 * (scram-sha-256). It keeps the data that an earlier start left in its folder.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofMinutes(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final Process process;
    private final Path folder;
    private final LogFile log;
    private final int port;
    private final PostgresLogins logins;

    private PostgresServer(Process process, Path folder, LogFile log, int port, PostgresLogins logins) {
        this.process = process;
        this.folder = folder;
        this.log = log;
        this.port = port;
        this.logins = logins;
    }

    /** Starts a server whose log is beside its folder. */
    public static PostgresServer start(Path folder, int port, PostgresLogins logins) throws IOException {
        return start(folder, new LogFile(folder.resolveSibling(folder.getFileName() + ".log"), LogFile.DEFAULT_LIMITS), port, logins);
    }

    /**
     * Starts a server. Logins and their objects are set up before it listens, even if an earlier version trusted everybody or
     * used other passwords.
     *
     * @param folder of its data
     * @param log to which its output is appended, without statements
     * @param port 0 for any
     * @throws IOException that names the log if it does not start within a minute
     */
    static PostgresServer start(Path folder, LogFile log, int port, PostgresLogins logins) throws IOException {
        PostgresBinaries programs = PostgresBinaries.find();
        OwnerOnly.folder(folder.toAbsolutePath().getParent());
        if (!Files.exists(folder.resolve("PG_VERSION"))) {
            run(log, "", programs, "initdb", "-D", folder.toString(), "-U", logins.administrator().user(),
                    "-E", "UTF8", "--no-locale", "-A", "reject", "--no-instructions");
        }
        OwnerOnly.write(folder.resolve("pg_hba.conf"), PostgresSetup.HOST_BASED_AUTHENTICATION);
        run(log, PostgresSetup.script(logins), programs, "postgres", "--single", "-j", "-D", folder.toString(),
                "-c", "exit_on_error=true", "-c", "log_min_error_statement=panic", "postgres");
        int listensOn = port == 0 ? Ports.free() : port;
        Process process = builder(programs, "postgres", "-D", folder.toString(),
                        "-c", "listen_addresses=127.0.0.1",
                        "-c", "port=" + listensOn,
                        "-c", "unix_socket_directories=",
                        "-c", "max_connections=50",
                        "-c", "shared_buffers=32MB",
                        // After a crash of the whole machine, applying the directory's file restores the data.
                        "-c", "fsync=off",
                        "-c", "synchronous_commit=off",
                        "-c", "timezone=UTC",
                        // A statement can contain a secret.
                        "-c", "log_min_error_statement=panic")
                .start();
        process.getOutputStream().close();
        log.copy(process.getInputStream());
        var server = new PostgresServer(process, folder, log, listensOn, logins);
        server.awaitReady();
        try {
            logins.makeDatabase(server.jdbcUrl());
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private static ProcessBuilder builder(PostgresBinaries programs, String program, String... arguments) {
        List<String> command = new ArrayList<>();
        // Postgres refuses to run as root. In a user namespace of its own it does not notice.
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.program(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(OwnerOnly.command(command)).redirectErrorStream(true);
    }

    private static void run(LogFile log, String input, PostgresBinaries programs, String program, String... arguments)
            throws IOException {
        Process process = builder(programs, program, arguments).start();
        log.copy(process.getInputStream());
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It exited before it read its input: exit code and log say why.
        }
        try {
            if (!process.waitFor(START_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("Postgres did not start: " + program + " did not finish, see " + log.path());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("the start of Postgres was interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException("Postgres did not start: " + program + " ended with exit code " + process.exitValue()
                    + ", see " + log.path());
        }
    }

    private void awaitReady() throws IOException {
        var source = new PGSimpleDataSource();
        source.setURL(jdbcUrl());
        source.setUser(logins.owner().user());
        source.setPassword(logins.owner().password());
        long end = System.nanoTime() + START_PATIENCE.toNanos();
        String last = "it does not answer";
        while (System.nanoTime() < end && process.isAlive()) {
            try (Connection connection = source.getConnection()) {
                if (connection.isValid(1)) {
                    return;
                }
            } catch (SQLException e) {
                last = e.getMessage();
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        close();
        throw new IOException("Postgres did not start (" + last + "), see " + log.path());
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public PostgresLogins logins() {
        return logins;
    }

    public long pid() {
        return process.pid();
    }

    /** Ends connections and then the server ("fast shutdown": SIGINT); sends SIGKILL if it has not exited after 10 s. */
    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
            }
            if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new IOException("Postgres in " + folder + " had to be killed, see " + log.path());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
