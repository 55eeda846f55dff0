package dev.trunkline.system.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An organisation's application: an HTTP server on loopback with the same answer for every call. */
public final class Webhook implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final int status;
    private final String answer;

    /**
     * A request that it received.
     *
     * @param signature the header of this name
     * @param requestId the header of this name
     */
    public record Asked(String body, String signature, String requestId) {
        public JsonNode json() {
            try {
                return EventJson.MAPPER.readTree(body);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private Webhook(HttpServer server, int status, String answer) {
        this.server = server;
        this.status = status;
        this.answer = answer;
    }

    /** Starts one that gives this answer. @param answer JSON */
    public static Webhook answering(String answer) throws IOException {
        return start(200, answer);
    }

    /** Starts one that fails. @param status HTTP status */
    public static Webhook failing(int status) throws IOException {
        return start(status, "{}");
    }

    private static Webhook start(int status, String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        Webhook webhook = new Webhook(server, status, answer);
        server.setExecutor(webhook.executor);
        server.createContext("/calls", webhook::answer);
        server.start();
        return webhook;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new Asked(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    header(exchange, "Jambonz-Signature"),
                    header(exchange, "Idempotency-Key")));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/calls");
    }

    /** Returns every request so far. */
    public List<Asked> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
        executor.close();
    }
}
