package dev.trunkline.demoagent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** Health and metrics, at the same paths as those of the services. */
final class AgentHttp implements AutoCloseable {
    private final HttpServer server;

    AgentHttp(InetAddress address, int port, BooleanSupplier alive, BooleanSupplier ready, AgentMetrics metrics)
            throws IOException {
        server = HttpServer.create(new InetSocketAddress(address, port), 0);
        server.createContext("/q/health/live", exchange -> health(exchange, alive.getAsBoolean()));
        server.createContext("/q/health/ready", exchange -> health(exchange, ready.getAsBoolean()));
        server.createContext("/q/metrics", exchange ->
                answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.text()));
        server.start();
    }

    private static void health(HttpExchange exchange, boolean up) throws IOException {
        String status = up ? "UP" : "DOWN";
        answer(exchange, up ? 200 : 503, "application/json", "{\"status\":\"" + status + "\"}");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
