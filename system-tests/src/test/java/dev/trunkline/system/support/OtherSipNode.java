package dev.trunkline.system.support;

import dev.trunkline.local.Suite;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A LiveKit program that accepts outbound calls from the same livekit-server as the suite, over the same Redis. */
public final class OtherSipNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String GO = "/usr/local/go/bin/go";
    private static final String HANDLED = "handled ";

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private OtherSipNode(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> {
            try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
                said.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                // The process was ended.
            }
        });
    }

    /** Builds and starts the program of {@code livekit-psrpc/src/test/go}. */
    static OtherSipNode psrpc(Suite suite) throws IOException, InterruptedException {
        Path logs = suite.settings().state().resolve("sdks");
        Files.createDirectories(logs);
        Path program = logs.resolve("psrpc-interop").toAbsolutePath();
        Path source = suite.settings().root().resolve("livekit-psrpc/src/test/go").toAbsolutePath();
        Command.run("Go is needed to build " + source, logs.resolve("go.log"),
                List.of(Files.isExecutable(Path.of(GO)) ? GO : "go", "-C", source.toString(), "build", "-buildvcs=false", "-o", program.toString(), "."));
        return awaiting("listening", new ProcessBuilder(program.toString(), "sip", suite.backends().redis())
                .redirectErrorStream(true).start());
    }

    private static OtherSipNode awaiting(String ready, Process process) {
        var node = new OtherSipNode(process);
        Await.until(() -> "the node is ready: " + node.lines, PATIENCE, () -> node.lines.stream().anyMatch(line -> line.contains(ready)));
        // It subscribes after it has reported that it is ready.
        Await.pause(1_000);
        return node;
    }

    /** Returns the identities for which the node without telephony has taken a request, one entry per request. */
    public List<String> handled() {
        return lines.stream().filter(line -> line.startsWith(HANDLED)).map(line -> line.substring(HANDLED.length())).toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
