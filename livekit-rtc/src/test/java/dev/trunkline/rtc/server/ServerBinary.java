package dev.trunkline.rtc.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds livekit-server: LIVEKIT_SERVER, then the PATH, then Go's folder of programs; otherwise it is built once
 * by {@code go install} and kept.
 */
final class ServerBinary {

    private static final String VERSION = "1.13.5";
    private static final int TRIES = 5;
    private static final List<String> NAMES = List.of("livekit-server", "server");

    private ServerBinary() {
    }

    /**
     * One lookup at a time, because two builds of the same version would hinder each other. The launcher keeps its server
     * in the same folder.
     */
    static synchronized Path find() throws IOException, InterruptedException {
        String named = System.getenv("LIVEKIT_SERVER");
        if (named != null) {
            return Path.of(named);
        }
        Path kept = Path.of(System.getProperty("user.home"), ".cache", "trunkline", "livekit-server-v" + VERSION);
        List<Path> folders = new ArrayList<>(
                Stream.of(System.getenv("PATH").split(":")).filter(f -> !f.isEmpty()).map(Path::of).toList());
        goPath().ifPresent(go -> folders.add(go.resolve("bin")));
        folders.add(kept);
        for (Path folder : folders) {
            for (String name : NAMES) {
                Path candidate = folder.resolve(name);
                if (Files.isExecutable(candidate) && isLiveKit(candidate)) {
                    return candidate;
                }
            }
        }
        return build(kept);
    }

    private static Path build(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path built = folder.resolve("server");
        // Tests of other modules may build it at the same time.
        try (FileChannel lock = FileChannel.open(
                        folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (!Files.isExecutable(built)) {
                Files.move(compile(folder.resolve("bin")), built, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return built;
    }

    private static Path compile(Path folder) throws IOException, InterruptedException {
        ProcessBuilder go = new ProcessBuilder(
                "go", "install", "github.com/livekit/livekit-server/cmd/server@v" + VERSION).inheritIO();
        go.environment().put("GOBIN", folder.toString());
        // Go gives up at the first error response of the module proxy, and one response in a hundred is an error.
        for (int tries = 1; go.start().waitFor() != 0; tries++) {
            if (tries == TRIES) {
                throw new IOException("livekit-server could not be built: install Go, or name a server by LIVEKIT_SERVER");
            }
            TimeUnit.SECONDS.sleep(5);
        }
        return folder.resolve("server");
    }

    /** Returns whether the program is LiveKit's; other programs may also be called "server". */
    private static boolean isLiveKit(Path program) throws IOException, InterruptedException {
        return output(program.toString(), "--version").filter(text -> text.contains("livekit")).isPresent();
    }

    private static Optional<Path> goPath() throws InterruptedException {
        try {
            return output("go", "env", "GOPATH").map(text -> Path.of(text.trim()));
        } catch (IOException noGo) {
            return Optional.empty();
        }
    }

    private static Optional<String> output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes());
        return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
    }
}
