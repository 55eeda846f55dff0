package dev.trunkline.system.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The console's list of finished calls, as an administrator exports it. */
final class ConsoleHistory {
    private static final String ADMIN = "admin";

    private final URI api;
    private final String password;

    ConsoleHistory(SuiteUnderTest suite) {
        this.api = suite.suite().consoleUrl().orElseThrow().resolve("/api/v1/");
        this.password = suite.suite().consoleAccounts().get(ADMIN);
    }

    /** Returns every call that began at or after this time. */
    List<Row> since(Instant from) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String cookie = signIn(http);
            HttpRequest request = HttpRequest.newBuilder(api.resolve("history/export?format=jsonl&trial=with&from=" + from))
                    .header("Cookie", cookie)
                    .build();
            HttpResponse<Stream<String>> answer = http.send(request, status -> BodySubscribers.ofLines(StandardCharsets.UTF_8));
            try (Stream<String> lines = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new IOException("the history: " + answer.statusCode() + " " + lines.limit(5).toList());
                }
                return lines.filter(line -> !line.isBlank()).map(ConsoleHistory::row).toList();
            }
        }
    }

    private String signIn(HttpClient http) throws IOException, InterruptedException {
        String credentials = EventJson.MAPPER.createObjectNode().put("user", ADMIN).put("password", password).toString();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(api.resolve("session"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(credentials))
                        .build(),
                BodyHandlers.ofString());
        return answer.headers().firstValue("Set-Cookie")
                .filter(cookie -> answer.statusCode() == 200)
                .map(cookie -> cookie.split(";", 2)[0])
                .orElseThrow(() -> new IOException("the console signs nobody in: " + answer.statusCode() + " " + answer.body()));
    }

    private static Row row(String line) {
        try {
            JsonNode call = EventJson.MAPPER.readTree(line);
            return new Row(call.path("callId").asText(), call.path("outcome").asText(), call.path("reason").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
