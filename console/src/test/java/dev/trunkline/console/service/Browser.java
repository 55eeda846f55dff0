package dev.trunkline.console.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.stream.Stream;

/** An open page of the console. */
final class Browser implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI root;
    private String cookie = "";
    private String csrf = "";
    private String key = "";

    record Answer(int status, String body, HttpResponse<?> response) {
        JsonNode json() throws IOException {
            return EventJson.MAPPER.readTree(body);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Browser(URI root) {
        this.root = root;
    }

    static Browser of(URI root, String user) throws Exception {
        var browser = new Browser(root);
        Answer answer = browser.signIn(user, Surroundings.PASSWORD);
        if (answer.status() != 200) {
            throw new AssertionError(user + " does not get in: " + answer.status() + " " + answer.body());
        }
        return browser;
    }

    /** Returns a program that has a key, in place of a signed-in user. */
    static Browser withKey(URI root, String key) {
        var program = new Browser(root);
        program.key = key;
        return program;
    }

    Answer signIn(String user, String password) throws Exception {
        Answer answer = send("POST", "/api/v1/session", "{\"user\": \"%s\", \"password\": \"%s\"}".formatted(user, password));
        if (answer.status() == 200) {
            cookie = answer.header("Set-Cookie").split(";")[0];
            csrf = answer.json().path("csrf").asText();
        }
        return answer;
    }

    Answer get(String path) throws Exception {
        return send("GET", "/api/v1" + path, "");
    }

    Answer post(String path, String body) throws Exception {
        return send("POST", "/api/v1" + path, body);
    }

    Answer send(String method, String path, String body) throws Exception {
        return send(request(method, path, body));
    }

    Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }

    HttpRequest.Builder request(String method, String path, String body) {
        HttpRequest.Builder request = bare(method, path, body);
        return key.isEmpty() ? request.header("X-CSRF-Token", csrf.isEmpty() ? "none" : csrf) : request;
    }

    /** Builds a request without the header that only our page knows. */
    HttpRequest.Builder bare(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            return request.header("Authorization", "Bearer " + key);
        }
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    /** Returns the lines of the stream of live calls. */
    Stream<String> stream() throws Exception {
        return http.send(bare("GET", "/api/v1/live/stream", "").build(), HttpResponse.BodyHandlers.ofLines()).body();
    }

    Optional<String> cookie() {
        return Optional.of(cookie).filter(text -> !text.isEmpty());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
