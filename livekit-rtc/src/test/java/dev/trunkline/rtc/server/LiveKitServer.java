package dev.trunkline.rtc.server;

import io.livekit.server.AccessToken;
import io.livekit.server.CanPublish;
import io.livekit.server.CanUpdateOwnMetadata;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import io.livekit.server.RoomServiceClient;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real livekit-server on loopback, for tests. */
public final class LiveKitServer implements AutoCloseable {

    private static final String KEY = "testkey";
    private static final String SECRET = "a-secret-of-thirty-two-characters-or-more";
    private static final String ONE_PORT = "udp_port: UDP";
    private static final String PORT_EACH = "port_range_start: 17250\n  port_range_end: 17399";
    private static final String LOOPBACK = "enable_loopback_candidate: true";
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final int port;
    private final Path config;
    private final Process process;

    private LiveKitServer(int port, Path config, Process process) {
        this.port = port;
        this.config = config;
        this.process = process;
    }

    /** Starts a server and waits until it responds. */
    public static LiveKitServer start() throws IOException, InterruptedException {
        return start("");
    }

    /** @param more lines of YAML to add to its configuration */
    public static LiveKitServer start(String more) throws IOException, InterruptedException {
        return start(more, ONE_PORT, LOOPBACK);
    }

    /** Starts a server that opens a UDP port for each participant; only one such server may run at a time. */
    public static LiveKitServer startWithPortRange() throws IOException, InterruptedException {
        return start("", PORT_EACH, LOOPBACK);
    }

    /** Starts a server whose only UDP candidate leads nowhere (an address that no machine has, RFC 1112 section 4). */
    public static LiveKitServer startDeaf() throws IOException, InterruptedException {
        return start("", ONE_PORT, "node_ip: 240.0.0.1\n  ips: {includes: [240.0.0.0/4]}");
    }

    private static LiveKitServer start(String more, String ports, String candidates) throws IOException, InterruptedException {
        int place = STARTED.getAndIncrement();
        int port = 17_100 + 2 * (place % 50);
        int udp = 17_200 + place % 50;
        String yaml = """
                port: %d
                bind_addresses: ["127.0.0.1"]
                keys: {%s: %s}
                logging: {level: warn, pion_level: error}
                rtc:
                  tcp_port: %d
                  %s
                  use_external_ip: false
                  %s
                %s""".formatted(port, KEY, SECRET, port + 1, ports.replace("UDP", Integer.toString(udp)), candidates, more);
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

    /** Stops the process without ending it; its sockets stay open and silent. */
    public void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    public String token(String room, String identity) {
        AccessToken token = new AccessToken(KEY, SECRET);
        token.setIdentity(identity);
        token.setTtl(Duration.ofHours(1).toMillis());
        token.addGrants(new RoomJoin(true), new RoomName(room), new CanUpdateOwnMetadata(true));
        return token.toJwt();
    }

    /** Returns a token that only permits listening. */
    public String listenerToken(String room, String identity) {
        AccessToken token = new AccessToken(KEY, SECRET);
        token.setIdentity(identity);
        token.addGrants(new RoomJoin(true), new RoomName(room), new CanPublish(false));
        return token.toJwt();
    }

    /** Returns a client of the server's own API. */
    public RoomServiceClient rooms() {
        return RoomServiceClient.createClient("http://127.0.0.1:" + port, KEY, SECRET);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        Files.deleteIfExists(config);
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(process.pid())).inheritIO().start().waitFor();
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
