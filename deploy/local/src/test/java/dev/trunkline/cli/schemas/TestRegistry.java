package dev.trunkline.cli.schemas;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A server with the part of Confluent's REST API that the command uses, in memory. It judges no compatibility: a test says what it answers.
 * {@code SchemaRegistryIT} runs the same command against Apicurio.
 */
final class TestRegistry implements AutoCloseable {
    record Asked(String method, String path, Optional<String> authorization, String body) {}

    /** @param location value of the header, or none */
    record Answer(int status, String body, Optional<String> location) {
        static Answer of(int status, String body) {
            return new Answer(status, body, Optional.empty());
        }
    }

    private static final Answer NO_SUBJECT = Answer.of(404, "{\"error_code\": 40401, \"message\": \"Subject not found.\"}");
    private static final Answer NO_SUCH_SCHEMA = Answer.of(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    /** Versions of each subject, oldest first. */
    private final Map<String, List<String>> subjects = new ConcurrentHashMap<>();
    private volatile Function<Asked, Optional<Answer>> instead = request -> Optional.empty();

    TestRegistry() throws IOException {
        // Otherwise each body waits until the client has acknowledged the header, which takes 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Answers so where this returns an answer. */
    TestRegistry answering(Function<Asked, Optional<Answer>> answers) {
        instead = answers;
        return this;
    }

    /** Answers every request so. */
    TestRegistry answering(int status, String body) {
        return answering(request -> Optional.of(Answer.of(status, body)));
    }

    /** Has a schema as the next version of a subject. */
    void has(String subject, String schema) {
        subjects.computeIfAbsent(subject, name -> new CopyOnWriteArrayList<>()).add(schema);
    }

    int versions(String subject) {
        return subjects.getOrDefault(subject, List.of()).size();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/registry";
    }

    private void answer(HttpExchange exchange) throws IOException {
        Asked request = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString().substring("/registry/".length()),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        asked.add(request);
        Answer answer = instead.apply(request).orElseGet(() -> usual(request));
        answer.location().ifPresent(location -> exchange.getResponseHeaders().add("Location", location));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        } catch (IOException gone) {
            // The client reads no more than its limit.
        }
    }

    private Answer usual(Asked request) {
        List<String> path = List.of(request.path().split("[/?]"));
        try {
            return switch (path.getFirst()) {
                case "config" -> Answer.of(200, request.body());
                case "compatibility" -> Answer.of(200, "{\"is_compatible\": true}");
                default -> subject(path, request);
            };
        } catch (IOException e) {
            return Answer.of(422, "{\"error_code\": 42201, \"message\": \"not JSON\"}");
        }
    }

    private Answer subject(List<String> path, Asked request) throws IOException {
        String subject = path.get(1);
        List<String> versions = new ArrayList<>(subjects.getOrDefault(subject, List.of()));
        if (request.method().equals("GET")) {
            return Answer.of(200, JSON.createObjectNode().put("version", versions.size()).put("schema", versions.getLast()).toString());
        }
        String schema = JSON.readTree(request.body()).path("schema").asText();
        if (path.size() == 3 && !versions.contains(schema)) {
            has(subject, schema);
        }
        if (path.size() == 3) {
            return Answer.of(200, "{\"id\": 1}");
        }
        if (versions.contains(schema)) {
            return Answer.of(200, "{\"version\": %d}".formatted(versions.indexOf(schema) + 1));
        }
        return versions.isEmpty() ? NO_SUBJECT : NO_SUCH_SCHEMA;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
