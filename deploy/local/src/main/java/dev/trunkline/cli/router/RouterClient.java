package dev.trunkline.cli.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client of the admin API of a call-router: that of the suite on this machine, or another one. */
public final class RouterClient implements AutoCloseable {
    static final String TOKEN_VARIABLE = "TRUNKLINE_ADMIN_TOKEN";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI router;
    private final String token;

    private RouterClient(URI router, String token) {
        this.router = router;
        this.token = token;
    }

    /**
     * @param url of a router other than that of the suite on this machine
     * @throws IOException if no router is named and no suite runs on this machine
     */
    static RouterClient of(Optional<String> url, Optional<String> token, Surroundings here) throws IOException {
        if (url.isPresent()) {
            Optional<String> given =
                    token.or(() -> Optional.ofNullable(here.environment().get(TOKEN_VARIABLE)).filter(text -> !text.isBlank()));
            return new RouterClient(uri(url.get()), given.orElseThrow(() -> new UsageException(
                    "--router needs --token too, or " + TOKEN_VARIABLE + " in the environment")));
        }
        RunningSuite suite = RunningSuite.load(here.state());
        return new RouterClient(suite.router(), token.isPresent() ? token.get() : RunningSuite.adminToken(here.state()));
    }

    private static URI uri(String text) {
        if (!text.matches("https?://[^/?#]+/?")) {
            throw new UsageException("--router must be a URL such as http://127.0.0.1:7580");
        }
        return URI.create(text.endsWith("/") ? text : text + "/");
    }

    public RouterAnswer post(String path, String contentType, byte[] body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)));
    }

    public RouterAnswer put(String path, String contentType, byte[] body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", contentType).PUT(BodyPublishers.ofByteArray(body)));
    }

    public RouterAnswer delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    public RouterAnswer get(String path, String accept) throws IOException, InterruptedException {
        return send(request(path).header("Accept", accept).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(router.resolve(path))
                .header("Authorization", "Bearer " + token)
                .timeout(PATIENCE);
    }

    private RouterAnswer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("the router at %s does not answer (%s): is it running, and is this its address?"
                    .formatted(router, Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName())), e);
        }
        return new RouterAnswer(answer.statusCode(), answer.body(), json(answer.body()));
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            // YAML, or a page from a proxy: the text is in the body.
            return JsonNodeFactory.instance.missingNode();
        }
    }

    /** Returns {@code ?a=b&c=d} for the pairs {@code a=b}, {@code c=d}; empty for none. */
    public static String query(Stream<String> pairs) {
        String query = pairs.map(pair -> {
            int split = pair.indexOf('=');
            return pair.substring(0, split) + "=" + URLEncoder.encode(pair.substring(split + 1), StandardCharsets.UTF_8);
        }).collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    @Override
    public void close() {
        http.close();
    }
}
