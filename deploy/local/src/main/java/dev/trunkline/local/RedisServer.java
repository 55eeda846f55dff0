package dev.trunkline.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import redis.embedded.core.ExecutableProvider;

/** A Redis server as a child process, on loopback, with a password and without persistence. */
public final class RedisServer implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);
    /** The log line of a server that listens. The password is sent only after it, because another program could hold the port. */
    private static final String LISTENS = "Ready to accept connections";
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final Process process;
    private final int port;
    private final String password;
    private volatile String lastLine = "it printed nothing";
    private volatile boolean listens;

    private RedisServer(Process process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts a server and waits until it accepts this password.
     *
     * @param password of letters, digits, {@code -} and {@code _}, see {@link Passwords}
     * @throws IOException if it does not start, for example because the port is taken
     */
    public static RedisServer start(int port, String password) throws IOException {
        return start(port, password, line -> {});
    }

    /**
     * Starts a server in the same way.
     *
     * @param log receives each line of the server's output
     */
    static RedisServer start(int port, String password, Consumer<String> log) throws IOException {
        if (!password.matches("[A-Za-z0-9_-]{16,}")) {
            throw new IllegalArgumentException("a Redis password must have 16 or more letters, digits, - or _");
        }
        String program = ExecutableProvider.newJarResourceProvider().get().getPath();
        // "-": the server reads its configuration from standard input, so the password is neither in an argument nor in a file.
        Process process = new ProcessBuilder(OwnerOnly.command(List.of(program, "-")))
                .redirectErrorStream(true)
                .start();
        var server = new RedisServer(process, port, password);
        server.readLog(log);
        try (var in = process.getOutputStream()) {
            in.write(configuration(port, password).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            server.close();
            throw new IOException("Redis did not start on port " + port + ": " + server.lastLine, e);
        }
        server.awaitReady();
        return server;
    }

    private static String configuration(int port, String password) {
        return """
                bind 127.0.0.1
                port %d
                requirepass %s
                save ""
                appendonly no
                """.formatted(port, password);
    }

    /** Reads the server's output, because the server would stop when the pipe is full. */
    private void readLog(Consumer<String> log) {
        Thread.ofVirtual().name("redis-log").start(() -> {
            try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    lastLine = line;
                    listens |= line.contains(LISTENS);
                    log.accept(line);
                }
            } catch (IOException e) {
                // The server was stopped, and its pipe is closed.
                return;
            }
        });
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + START_PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            if (listens && letsIn()) {
                return;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        close();
        throw new IOException("Redis did not start on port " + port + ": " + lastLine);
    }

    private boolean letsIn() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write(("AUTH " + password + "\r\n").getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return "+OK".equals(answer.readLine());
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the URL with the password: do not print it. */
    public String url() {
        return url(port, password);
    }

    /** Returns the URL of a server with this port and password. */
    public static String url(int port, String password) {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
