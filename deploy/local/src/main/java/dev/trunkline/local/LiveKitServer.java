package dev.trunkline.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A livekit-server as a child process, on loopback only. */
public final class LiveKitServer implements AutoCloseable {
    private final Process process;
    private final LiveKitSettings settings;

    private LiveKitServer(Process process, LiveKitSettings settings) {
        this.process = process;
        this.settings = settings;
    }

    /**
     * @param port HTTP and WebSocket; media takes {@code port + 2} (UDP); media over TCP is off, because its listener binds every address
     * @param enabledCodecs MIME types that rooms enable; empty for LiveKit's default, which has G.711 and Opus
     * @param redis {@code redis://:password@host:port}; empty for none, and then the server has no SIP API
     */
    public record LiveKitSettings(int port, String apiKey, String apiSecret, List<String> enabledCodecs, Optional<String> redis) {
        public LiveKitSettings(int port, String apiKey, String apiSecret, List<String> enabledCodecs) {
            this(port, apiKey, apiSecret, enabledCodecs, Optional.empty());
        }

        public LiveKitSettings(int port, String apiKey, String apiSecret) {
            this(port, apiKey, apiSecret, List.of());
        }

        public URI url() {
            return URI.create("ws://127.0.0.1:" + port);
        }
    }

    /** Starts a server and waits until it answers. Its log is {@code livekit.log} in the folder. */
    public static LiveKitServer start(Path binary, Path folder, LiveKitSettings settings) throws IOException {
        return start(binary, folder, new LogFile(folder.resolve("livekit.log"), LogFile.DEFAULT_LIMITS), settings);
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param folder for its configuration, which contains the secret
     * @param log to which its output is appended, without callers' numbers
     */
    static LiveKitServer start(Path binary, Path folder, LogFile log, LiveKitSettings settings)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(OwnerOnly.command(command(binary, folder, settings)));
        Process process = builder.redirectErrorStream(true).start();
        log.copy(process.getInputStream(), MaskedLog::mask, line -> {});
        LiveKitServer server = new LiveKitServer(process, settings);
        server.awaitReady(Duration.ofSeconds(30));
        return server;
    }

    /** Writes the configuration, and returns the command that starts the server with it. */
    static List<String> command(Path binary, Path folder, LiveKitSettings settings) throws IOException {
        OwnerOnly.folder(folder);
        Path config = folder.resolve("livekit.yaml");
        OwnerOnly.write(config, configuration(settings));
        return List.of(binary.toString(), "--config", config.toString());
    }

    static String configuration(LiveKitSettings settings) {
        StringBuilder text = new StringBuilder("""
                port: %d
                bind_addresses: [127.0.0.1]
                rtc:
                  tcp_port: 0
                  udp_port: %d
                  node_ip: 127.0.0.1
                  use_external_ip: false
                  enable_loopback_candidate: true
                  interfaces:
                    includes: [lo]
                  ips:
                    includes: [127.0.0.0/8]
                keys:
                  %s: %s
                logging:
                  level: info
                """.formatted(
                settings.port(), mediaPort(settings.port()), settings.apiKey(), settings.apiSecret()));
        if (!settings.enabledCodecs().isEmpty()) {
            text.append("room:\n  enabled_codecs:\n");
            settings.enabledCodecs().forEach(mime -> text.append("    - mime: ").append(mime).append('\n'));
        }
        settings.redis().map(URI::create).ifPresent(redis -> text.append("""
                redis:
                  address: %s:%d
                  password: %s
                """.formatted(redis.getHost(), redis.getPort(), redis.getUserInfo().replaceFirst("^[^:]*:", ""))));
        return text.toString();
    }

    /** Returns the UDP media port of a server on this port. */
    static int mediaPort(int port) {
        return port + 2;
    }

    public long pid() {
        return process.pid();
    }

    public LiveKitSettings settings() {
        return settings;
    }

    private void awaitReady(Duration atMost) throws IOException {
        long end = System.nanoTime() + atMost.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + settings.port() + "/")).build();
            while (System.nanoTime() < end && process.isAlive()) {
                try {
                    if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // Not listening yet.
                }
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
        throw new IOException("livekit-server did not become ready on port " + settings.port());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
