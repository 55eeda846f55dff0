package dev.trunkline.cli.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests to a schema registry by Confluent's REST API. It follows no redirect, so no credentials go anywhere else. */
final class RegistryClient implements AutoCloseable {
    private static final String JSON_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int LONGEST_BODY = 4 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final RegistryAddress registry;
    private final Duration patience;

    /** @param patience for a whole response, body and all */
    RegistryClient(RegistryAddress registry, Duration patience) {
        this.registry = registry;
        this.patience = patience;
    }

    RegistryAnswer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    RegistryAnswer post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", JSON_TYPE).POST(BodyPublishers.ofString(body.toString())));
    }

    RegistryAnswer put(String path, JsonNode body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", JSON_TYPE).PUT(BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(registry.base().resolve(path)).header("Accept", JSON_TYPE + ", application/json");
        registry.authorization().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private RegistryAnswer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> sent =
                http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_BODY));
        try {
            HttpResponse<String> answer = sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new RegistryAnswer(answer.statusCode(), json(answer.body()), answer.headers().firstValue("Location"));
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw silent("no complete answer in " + patience.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            String why = Optional.ofNullable(e.getCause().getMessage()).orElse(e.getCause().getClass().getSimpleName());
            // A refused connection comes without a message.
            throw silent(e.getCause() instanceof ConnectException ? "no connection" : why, e);
        }
    }

    private IOException silent(String why, Exception cause) {
        return new IOException("the schema registry at %s does not answer (%s): is it running, and is this its address?"
                .formatted(registry, why), cause);
    }

    private static JsonNode json(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null ? JsonNodeFactory.instance.missingNode() : json;
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    /** Returns why this answer is none that a command can go on with. */
    IOException problem(RegistryAnswer answer) {
        return new IOException(switch (answer.status()) {
            case 401 -> registry.authorization().isPresent()
                    ? "the schema registry at %s does not accept the credentials of the environment (401): %s".formatted(registry, answer.message())
                    : "the schema registry at %s wants to know who asks (401): set %s and %s, or %s"
                            .formatted(registry, RegistryAddress.USER, RegistryAddress.PASSWORD, RegistryAddress.TOKEN);
            case 403 -> "the schema registry at %s does not permit this (403): %s".formatted(registry, answer.message());
            case 301, 302, 303, 307, 308 -> "the schema registry at %s redirects (%d) to %s: give that address instead"
                    .formatted(registry, answer.status(), answer.location().map(RegistryAnswer::plain).orElse("no address"));
            case 200, 404, 405 ->
                ("there is no schema registry at %s (%d): give the address of its Confluent-compatible API, for Apicurio "
                                + "http://HOST:8080/apis/ccompat/v7")
                        .formatted(registry, answer.status());
            default -> "the schema registry at %s answered %d: %s".formatted(registry, answer.status(), answer.message());
        });
    }

    @Override
    public void close() {
        // A request that was given up may still be running.
        http.shutdownNow();
    }
}
