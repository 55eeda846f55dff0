package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What another user of the machine can read of the suite, and who can log in to its stores. */
@Tag("long")
@ExtendWith(SuiteExtension.class)
class SharedMachineIT {
    /** Search depth below the temporary directory; the files that the suite puts there are no deeper. */
    private static final int TEMPORARY_DEPTH = 3;
    private static final long LONGEST_READ = 5_000_000;

    private final SuiteUnderTest suite;

    SharedMachineIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void nothingInTheStateFolderIsOpenToOthers() throws Exception {
        List<String> open = new ArrayList<>();
        List<Path> seen = new ArrayList<>();
        visit(state(), Integer.MAX_VALUE, path -> {
            seen.add(path);
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
            if (mode.stream().anyMatch(bit -> !bit.name().startsWith("OWNER_"))) {
                open.add(PosixFilePermissions.toString(mode) + " " + path);
            }
        });
        assertThat(seen).contains(
                state(), state().resolve("secrets.properties"), state().resolve("logs/sip-edge.log"),
                state().resolve("logs/postgres.log"), state().resolve("data/postgres/pg_hba.conf"),
                state().resolve("suite.properties"), state().resolve("processes"), state().resolve("lock"));
        assertThat(open).isEmpty();
    }

    @Test
    void noProcessHasASecretInItsArguments() throws Exception {
        List<String> lines = new ArrayList<>();
        for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
            lines.add(read(Path.of("/proc", Long.toString(process.pid()), "cmdline")));
        }
        assertThat(lines).hasSizeGreaterThan(8).anySatisfy(line -> assertThat(line).contains("quarkus-run.jar"));
        for (String secret : secrets()) {
            assertThat(lines).noneSatisfy(line -> assertThat(line).contains(secret));
        }
    }

    @Test
    void noLogHasASecretInIt() throws Exception {
        List<String> secrets = secrets();
        visit(suite.suite().logs(), Integer.MAX_VALUE, path -> {
            if (Files.isRegularFile(path)) {
                assertThat(secrets).as(path.toString()).noneMatch(read(path)::contains);
            }
        });
    }

    @Test
    void noFileForTemporaryUseThatOthersMayReadHasASecretInIt() throws Exception {
        List<String> secrets = secrets();
        Instant start = Files.getLastModifiedTime(state().resolve("lock")).toInstant();
        List<Path> telling = new ArrayList<>();
        visit(Path.of(System.getProperty("java.io.tmpdir")), TEMPORARY_DEPTH, path -> {
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)
                    && Files.size(path) <= LONGEST_READ
                    && !Files.getLastModifiedTime(path).toInstant().isBefore(start)
                    && secrets.stream().anyMatch(read(path)::contains)) {
                telling.add(path);
            }
        });
        assertThat(telling).isEmpty();
    }

    @Test
    void postgresLetsNobodyInWithoutItsPassword() {
        String url = suite.suite().backends().postgresUrl();
        for (String user : List.of("postgres", "trunkline", "trunkline_tenants")) {
            for (String password : List.of("postgres", "trunkline")) {
                assertThatThrownBy(() -> DriverManager.getConnection(url, user, password).close())
                        .as(user)
                        .isInstanceOf(SQLException.class)
                        .extracting(failure -> ((SQLException) failure).getSQLState())
                        .isEqualTo("28P01");
            }
        }
    }

    @Test
    void redisAnswersNobodyWithoutItsPassword() throws Exception {
        URI redis = URI.create(suite.suite().backends().redis());
        try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("KEYS *\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answer.readLine()).startsWith("-NOAUTH");
        }
    }

    private Path state() {
        return suite.suite().settings().state();
    }

    /** Returns all secrets; the name of LiveKit's key is not one, as clients get it and it is in LiveKit's log. */
    private List<String> secrets() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(suite.suite().secretsFile())) {
            properties.load(reader);
        }
        properties.remove("livekit-key");
        List<String> secrets = Stream.concat(
                        properties.stringPropertyNames().stream().map(properties::getProperty),
                        Stream.of(suite.suite().liveKitSecret()))
                .toList();
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(8).allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(30));
        return secrets;
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    private interface Look {
        void at(Path path) throws IOException;
    }

    /** Visits files, and skips those that disappear in the meantime or that others cannot read. */
    private static void visit(Path folder, int depth, Look look) throws IOException {
        Files.walkFileTree(folder, Set.of(), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                return visitFile(path, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isSymbolicLink()) {
                    try {
                        look.at(path);
                    } catch (IOException e) {
                        return gone(path, e);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) {
                return gone(path, e);
            }

            private FileVisitResult gone(Path path, IOException e) {
                if (Files.isReadable(path)) {
                    throw new UncheckedIOException(e);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
