package dev.trunkline.store;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of the S3 protocol for tests: moto's, from PyPI, in a Python virtual environment that is created once and kept. */
final class S3Server implements AutoCloseable {
    private static final String PACKAGE = "moto[server]==5.2.5";
    private static final long MOST_SECONDS_TO_START = 90;

    private final Process process;
    private final URI endpoint;
    private final String bucket;

    private S3Server(Process process, URI endpoint, String bucket) {
        this.process = process;
        this.endpoint = endpoint;
        this.bucket = bucket;
    }

    URI endpoint() {
        return endpoint;
    }

    String bucket() {
        return bucket;
    }

    /** @throws IOException that says what to install */
    static S3Server start(Path logs) throws IOException, InterruptedException {
        Path server = installed(logs);
        int port = freePort();
        Process process = new ProcessBuilder(server.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port))
                .redirectErrorStream(true).redirectOutput(logs.resolve("moto.log").toFile()).start();
        var started = new S3Server(process, URI.create("http://127.0.0.1:" + port), "messages");
        try {
            started.makeBucket();
            return started;
        } catch (IOException | InterruptedException e) {
            started.close();
            throw e;
        }
    }

    private static Path installed(Path logs) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("user.home"), ".cache/trunkline/" + PACKAGE.replaceAll("[^A-Za-z0-9.]", "-"));
        Path complete = home.resolve("complete");
        if (!Files.exists(complete)) {
            Files.createDirectories(home.getParent());
            run(logs, "install python3 (3.11 or later) with its venv module", List.of("python3", "-m", "venv", "--clear", home.toString()));
            run(logs, "moto could not be installed: is PyPI reachable?", List.of(
                    home.resolve("bin/python").toString(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE));
            Files.writeString(complete, "moto is here\n");
        }
        return home.resolve("bin/moto_server");
    }

    private static void run(Path logs, String whatToDo, List<String> command) throws IOException, InterruptedException {
        Path log = logs.resolve("install.log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(whatToDo + "\n" + Files.readString(log));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void makeBucket() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS_TO_START);
        while (true) {
            try {
                var connection = (HttpURLConnection) endpoint.resolve("/" + bucket).toURL().openConnection();
                connection.setRequestMethod("PUT");
                connection.setRequestProperty("Authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request");
                if (connection.getResponseCode() == 200) {
                    return;
                }
                throw new IOException("moto made no bucket: " + connection.getResponseCode());
            } catch (java.net.ConnectException e) {
                if (System.nanoTime() - end > 0 || !process.isAlive()) {
                    throw new IOException("moto did not start within " + MOST_SECONDS_TO_START + " s", e);
                }
                Thread.sleep(50);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
