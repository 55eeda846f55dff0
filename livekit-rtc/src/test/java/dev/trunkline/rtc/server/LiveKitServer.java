package dev.trunkline.rtc.server;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import io.livekit.server.AccessToken;
import io.livekit.server.CanUpdateOwnMetadata;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import io.livekit.server.RoomServiceClient;

/** A real livekit-server on loopback, for tests. */
public final class LiveKitServer implements AutoCloseable {

    private static final String KEY = "testkey";
    private static final String SECRET = "a-secret-of-thirty-two-characters-or-more";
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final int port;
    private final Path config;
    private final Process process;

    private LiveKitServer(int port, Path config, Process process) {
        this.port = port;
        this.config = config;
        this.process = process;
    }

    /** Starts one and waits until it answers. */
    public static LiveKitServer start() throws IOException, InterruptedException {
        return start("");
    }

    /** @param more lines of YAML for its configuration */
    public static LiveKitServer start(String more) throws IOException, InterruptedException {
        int place = STARTED.getAndIncrement();
        int port = 17_100 + 4 * place;
        String yaml = """
                port: %d
                bind_addresses: ["127.0.0.1"]
                keys: {%s: %s}
                logging: {level: warn, pion_level: error}
                rtc:
                  tcp_port: %d
                  port_range_start: %d
                  port_range_end: %d
                  enable_loopback_candidate: true
                  use_external_ip: false
                %s""".formatted(port, KEY, SECRET, port + 1, 17_200 + 40 * place, 17_239 + 40 * place, more);
        Path config = Files.createTempFile("livekit-server", ".yaml");
        Files.writeString(config, yaml);
        Process process = new ProcessBuilder(ServerBinary.find().toString(), "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "livekit-server-" + place + ".log").toFile())
                .start();
        LiveKitServer server = new LiveKitServer(port, config, process);
        server.awaitPort();
        return server;
    }

    public URI url() {
        return URI.create("ws://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public String token(String room, String identity) {
        AccessToken token = new AccessToken(KEY, SECRET);
        token.setIdentity(identity);
        token.setTtl(Duration.ofHours(1).toMillis());
        token.addGrants(new RoomJoin(true), new RoomName(room), new CanUpdateOwnMetadata(true));
        return token.toJwt();
    }

    /** The server's own API. */
    public RoomServiceClient rooms() {
        return RoomServiceClient.createClient("http://127.0.0.1:" + port, KEY, SECRET);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        Files.deleteIfExists(config);
    }

    private void awaitPort() throws InterruptedException, IOException {
        for (int i = 0; i < 300; i++) {
            if (!process.isAlive()) {
                throw new IOException("livekit-server ended: see target/livekit-server-*.log");
            }
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new IOException("livekit-server does not listen on port " + port);
    }
}
