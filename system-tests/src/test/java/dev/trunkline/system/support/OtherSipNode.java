package dev.trunkline.system.support;

import dev.trunkline.local.Suite;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A program of LiveKit's that takes calls out from the same livekit-server as the suite, by the same Redis. */
public final class OtherSipNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String GO = "/usr/local/go/bin/go";
    private static final String HANDLED = "handled ";
    private static final int RTP_PORTS = 400;

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private OtherSipNode(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> {
            try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
                said.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                // It was ended.
            }
        });
    }

    /** The one of {@code livekit-psrpc/src/test/go}, which is built first. */
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

    static OtherSipNode livekitSip(Suite suite, Path program, int sipPort) throws IOException {
        URI redis = URI.create(suite.backends().redis());
        String configuration = """
                redis: {address: "%s:%d", password: "%s"}
                api_key: %s
                api_secret: %s
                ws_url: %s
                sip_port: %d
                rtp_port: %d-%d
                listen_ip: 127.0.0.1
                nat_1_to_1_ip: 127.0.0.1
                """.formatted(
                redis.getHost(), redis.getPort(), redis.getUserInfo().substring(1), suite.liveKitKey(), suite.liveKitSecret(),
                suite.backends().liveKit(), sipPort, sipPort + 10_000, sipPort + 10_000 + RTP_PORTS);
        var builder = new ProcessBuilder(program.toString()).redirectErrorStream(true);
        builder.environment().put("SIP_CONFIG_BODY", configuration);
        return awaiting("service ready", builder.start());
    }

    private static OtherSipNode awaiting(String ready, Process process) {
        var node = new OtherSipNode(process);
        Await.until(() -> "the node is ready: " + node.lines, PATIENCE, () -> node.lines.stream().anyMatch(line -> line.contains(ready)));
        // It subscribes after it has said so.
        Await.pause(1_000);
        return node;
    }

    /** The identities for which the one without calls has taken a request, as often as it has. */
    public List<String> handled() {
        return lines.stream().filter(line -> line.startsWith(HANDLED)).map(line -> line.substring(HANDLED.length())).toList();
    }

    /** What it has said so far. */
    public Stream<String> lines() {
        return lines.stream();
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
