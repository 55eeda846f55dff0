package dev.trunkline.sipapi.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls the router's API, with its administrator's token. Thread-safe. */
public final class Router {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PROBE = Duration.ofSeconds(2);

    private final URI url;
    private final String token;
    private final HttpClient http;

    /** @param body an object; empty if there was none */
    public record Answer(int status, JsonNode body) {
        public boolean ok() {
            return status >= 200 && status < 300;
        }

        /** Returns one sentence that says what to do, from the router's problem response. */
        public String detail() {
            String detail = body.path("detail").asText("The router answered " + status + ".");
            var text = new StringBuilder(detail);
            body.path("faults").forEach(fault ->
                    text.append(' ').append(fault.path("path").asText()).append(": ").append(fault.path("problem").asText()).append('.'));
            return text.toString();
        }

        /** Returns {@code destination-forbidden} and so on; empty for a problem without a reason. */
        public String reason() {
            return body.path("reason").asText("");
        }
    }

    public Router(URI url, String token, HttpClient http) {
        this.url = url;
        this.token = token;
        this.http = http;
    }

    /** @throws IOException if it does not answer */
    public Answer call(ObjectNode wish) throws IOException, InterruptedException {
        return post("/calls", wish);
    }

    /** @throws IOException if it does not answer */
    public Answer transfer(String callId, ObjectNode wish) throws IOException, InterruptedException {
        return post("/calls/" + part(callId) + "/transfer", wish);
    }

    /** Returns an outbound trunk by name. @throws IOException if it does not answer */
    public Answer outboundTrunk(String name) throws IOException, InterruptedException {
        return send(request("/outbound-trunks/" + part(name)).GET().build());
    }

    /** Creates or replaces an outbound trunk. @throws IOException if it does not answer */
    public Answer putOutboundTrunk(String name, ObjectNode trunk) throws IOException, InterruptedException {
        return send(request("/outbound-trunks/" + part(name))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(trunk.toString()))
                .build());
    }

    /** @throws IOException if it does not answer */
    public Answer removeOutboundTrunk(String name) throws IOException, InterruptedException {
        return send(request("/outbound-trunks/" + part(name)).DELETE().build());
    }

    /** Returns whether the router is ready and accepts the token. */
    public boolean answers() throws InterruptedException {
        try {
            return send(request("/auth/me").timeout(PROBE).GET().build()).ok();
        } catch (IOException e) {
            return false;
        }
    }

    private Answer post(String path, ObjectNode body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        JsonNode body = answer.body().length == 0 ? JsonNodeFactory.instance.objectNode() : EventJson.MAPPER.readTree(answer.body());
        return new Answer(answer.statusCode(), body);
    }

    private static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
