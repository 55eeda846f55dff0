package dev.trunkline.system.support;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Dumps and restores the router's database with Postgres' own programs, as docs/operating.md says. */
public final class PostgresDump {
    private final SuiteUnderTest suite;
    private final Path folder;

    private PostgresDump(SuiteUnderTest suite, Path folder) {
        this.suite = suite;
        this.folder = folder;
    }

    /** Installs the programs if they are missing and this is possible. */
    public static PostgresDump prepare(SuiteUnderTest suite) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(suite.target().resolve("backup"));
        if (!Files.isExecutable(Path.of("/usr/bin/pg_dump"))) {
            DebianPackage.install("postgresql-client", folder);
        }
        return new PostgresDump(suite, folder);
    }

    /** Dumps the database. @return the file, which contains all of the router's database */
    public Path dump() throws IOException, InterruptedException {
        Path file = folder.resolve("trunkline.dump");
        run("pg_dump", "--format=custom", "--file=" + file);
        return file;
    }

    /** Restores the state in which the file was made; nobody else may be connected. */
    public void restore(Path file) throws IOException, InterruptedException {
        run("pg_restore", "--clean", "--if-exists", "--exit-on-error", "--single-transaction", "--dbname=" + database(), file.toString());
    }

    /** Drops the directory as if it had never existed. */
    public void lose() throws IOException, InterruptedException {
        run("psql", "--set=ON_ERROR_STOP=1", "--quiet", "--command=drop schema public cascade", "--command=create schema public authorization trunkline");
    }

    private void run(String program, String... words) throws IOException, InterruptedException {
        URI url = url();
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(words));
        Path log = folder.resolve(program + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PGHOST", url.getHost());
        builder.environment().put("PGPORT", Integer.toString(url.getPort()));
        builder.environment().put("PGDATABASE", database());
        builder.environment().put("PGUSER", "postgres");
        builder.environment().put("PGPASSWORD", password());
        if (builder.start().waitFor() != 0) {
            throw new IOException(program + " failed: " + Files.readString(log));
        }
    }

    private URI url() {
        return URI.create(suite.suite().backends().postgresUrl().substring("jdbc:".length()));
    }

    private String database() {
        return url().getPath().substring(1);
    }

    private String password() throws IOException {
        Properties secrets = new Properties();
        try (Reader reader = Files.newBufferedReader(suite.suite().secretsFile())) {
            secrets.load(reader);
        }
        return secrets.getProperty("postgres-password");
    }
}
