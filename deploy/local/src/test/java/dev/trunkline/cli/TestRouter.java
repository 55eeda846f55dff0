package dev.trunkline.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that answers as it is told and remembers what it was asked. */
public final class TestRouter implements AutoCloseable {
    /** @param accept as in the request, like the other values */
    public record Asked(String method, String uri, String token, String accept, String body) {}

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String answer = "{}";

    public TestRouter() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Accept"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    public TestRouter answers(int withStatus, String body) {
        status = withStatus;
        answer = body;
        return this;
    }

    public boolean wasAsked() {
        return !asked.isEmpty();
    }

    /** Returns the only request received. */
    public Asked asked() {
        if (asked.size() != 1) {
            throw new AssertionError("asked " + asked);
        }
        return asked.getFirst();
    }

    /** Returns every request received. */
    public List<Asked> all() {
        return List.copyOf(asked);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
