package dev.trunkline.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds livekit-server on this machine, or builds it once with Go and keeps it. */
public final class LiveKitBinary {
    /** The latest version that builds from the Go module proxy alone. */
    public static final String VERSION = "v1.13.5";

    private static final String PACKAGE = "github.com/livekit/livekit-server/cmd/server@" + VERSION;

    /** Go gives up at the module proxy's first error response, but keeps what it has fetched by then. */
    private static final int TRIES = 3;

    private static final int PAUSE_SECONDS = 3;

    /** A module pattern that matches nothing. */
    private static final String NO_MODULE = "none.invalid";

    private LiveKitBinary() {}

    /**
     * @param progress receives a message when an action takes long
     * @throws IOException if there is neither a server nor Go; the message says what to install
     */
    public static synchronized Path find(Consumer<String> progress) throws IOException {
        return find(System.getenv(), Path.of(System.getProperty("user.home")), progress);
    }

    static Path find(Map<String, String> environment, Path home, Consumer<String> progress) throws IOException {
        Optional<Path> installed = onPath(environment, "livekit-server");
        if (installed.isPresent()) {
            return installed.get();
        }
        Path folder = home.resolve(".cache/trunkline/livekit-server-" + VERSION);
        Path built = folder.resolve("server");
        if (Files.isExecutable(built)) {
            return built;
        }
        Path go = onPath(environment, "go")
                .or(() -> executable(Path.of("/usr/local/go/bin/go")))
                .orElseThrow(() -> new IOException("there is no livekit-server on PATH and no Go to build one: install "
                        + "livekit-server, or Go 1.24 or later, or set LIVEKIT_URL to a running server"));
        progress.accept("building livekit-server " + VERSION + " once (about 90 s)");
        OwnerOnly.folder(folder);
        // If two processes find no server, one builds it and the other waits.
        try (FileChannel lock = FileChannel.open(
                        folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (!Files.isExecutable(built)) {
                build(go, folder, built);
            }
        }
        return built;
    }

    /** Builds the server, and moves it into place only when it is complete. */
    private static void build(Path go, Path folder, Path built) throws IOException {
        Path log = folder.resolve("build.log");
        Path bin = folder.resolve("bin");
        ProcessBuilder builder = new ProcessBuilder(List.of(go.toString(), "install", PACKAGE));
        builder.environment().put("GOBIN", bin.toString());
        checkSums(builder.environment());
        builder.redirectErrorStream(true).redirectOutput(OwnerOnly.redirectTo(log));
        try {
            for (int tries = 1; ; tries++) {
                int code = builder.start().waitFor();
                if (code == 0) {
                    break;
                }
                if (tries == TRIES) {
                    throw new IOException("go install " + PACKAGE + " failed (exit " + code + "), see " + log);
                }
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
            }
            Files.move(bin.resolve("server"), built, StandardCopyOption.ATOMIC_MOVE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("building livekit-server was interrupted", e);
        }
    }

    /**
     * Makes Go verify what it fetches with its checksum database, whatever this user has set for their own modules. An empty
     * variable would select the setting in Go's own file.
     */
    private static void checkSums(Map<String, String> environment) {
        environment.put("GOFLAGS", "-buildvcs=false");
        environment.put("GONOSUMDB", NO_MODULE);
        environment.put("GOPRIVATE", NO_MODULE);
        environment.put("GOINSECURE", NO_MODULE);
        environment.put("GOSUMDB", "sum.golang.org");
    }

    private static Optional<Path> onPath(Map<String, String> environment, String name) {
        return Stream.of(environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .flatMap(candidate -> executable(candidate).stream())
                .findFirst();
    }

    private static Optional<Path> executable(Path candidate) {
        return Files.isExecutable(candidate) && !Files.isDirectory(candidate)
                ? Optional.of(candidate)
                : Optional.empty();
    }
}
