package dev.trunkline.router.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/** The admin API as an operator uses it with curl. */
final class Admin implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();

    record Answer(int status, String body, String type, String challenge) {
        JsonNode json() {
            try {
                return EventJson.MAPPER.readTree(body);
            } catch (IOException e) {
                throw new IllegalStateException(body, e);
            }
        }
    }

    static String demo() throws IOException {
        return Files.readString(Path.of("../deploy/demo/demo.yaml"));
    }

    void awaitReady() throws InterruptedException {
        Await.until(() -> {
            try {
                return send(bare("/q/health/ready")).status() == 200;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    Answer apply(String file) throws IOException, InterruptedException {
        return send(request("/directory/apply").POST(BodyPublishers.ofString(file)));
    }

    Answer explain(String question) throws IOException, InterruptedException {
        return send(request("/routing/explain").POST(BodyPublishers.ofString(question)));
    }

    Answer get(String path, String accept) throws IOException, InterruptedException {
        return send(request(path).header("Accept", accept));
    }

    HttpRequest.Builder request(String path) {
        return bare(path).header("Authorization", "Bearer " + RouterSurroundings.ADMIN_TOKEN);
    }

    static HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RouterSurroundings.HTTP_PORT + path));
    }

    /** Sends a request with somebody's token. */
    Answer call(String token, String method, String path, String body) throws IOException, InterruptedException {
        return send(bare(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    /** Sends a request as the admin. */
    Answer call(String method, String path, String body) throws IOException, InterruptedException {
        return call(RouterSurroundings.ADMIN_TOKEN, method, path, body);
    }

    /** Returns a tenant's token from the built-in issuer. */
    String tokenOf(String organisation) throws IOException, InterruptedException {
        return call("POST", "/auth/token", "{\"role\": \"tenant\", \"organisation\": \"" + organisation + "\"}")
                .json().get("access_token").textValue();
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.headers().firstValue("WWW-Authenticate").orElse(""));
    }

    @Override
    public void close() {
        http.close();
    }
}
