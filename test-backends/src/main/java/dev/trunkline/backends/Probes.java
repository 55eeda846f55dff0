package dev.trunkline.backends;

import dev.trunkline.local.PostgresLogins.Login;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.postgresql.ds.PGSimpleDataSource;

/** Checks, in a server's own protocol, whether it answers. Each check takes a few seconds at most. */
final class Probes {
    private static final int MILLIS = 2_000;

    private Probes() {}

    /** A check whether a server answers now. */
    interface Probe {
        boolean answers();
    }

    static boolean kafka(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers", bootstrapServers, "default.api.timeout.ms", MILLIS, "request.timeout.ms", MILLIS))) {
            return !admin.describeCluster().nodes().get(2 * MILLIS, TimeUnit.MILLISECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static boolean redis(int port, String password) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), MILLIS);
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write(("AUTH " + password + "\r\n").getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return "+OK".equals(answer.readLine());
        } catch (IOException e) {
            return false;
        }
    }

    static boolean postgres(String url, Login login) {
        try (Connection connection = source(url, login).getConnection()) {
            return connection.isValid(MILLIS / 1_000);
        } catch (SQLException e) {
            return false;
        }
    }

    static boolean liveKit(int port) {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
            connection.setConnectTimeout(MILLIS);
            connection.setReadTimeout(MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs statements in a Postgres. */
    static void run(String url, Login login, String statements) throws IOException {
        try (Connection connection = source(url, login).getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new IOException("Postgres at " + url + " refused to make the logins: " + e.getMessage(), e);
        }
    }

    private static PGSimpleDataSource source(String url, Login login) {
        var source = new PGSimpleDataSource();
        source.setURL(url);
        source.setUser(login.user());
        source.setPassword(login.password());
        source.setConnectTimeout(MILLIS / 1_000);
        source.setSocketTimeout(MILLIS / 100);
        return source;
    }
}
