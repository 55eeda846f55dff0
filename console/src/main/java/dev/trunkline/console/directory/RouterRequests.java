package dev.trunkline.console.directory;

import dev.trunkline.console.accounts.User;
import dev.trunkline.console.problem.Refused;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sends requests to the router on behalf of the signed-in user. Only the requests that this service's resources define are forwarded. */
public final class RouterRequests {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int UNAUTHORISED = 401;
    /** Headers of the answer that the page gets. */
    private static final List<String> PASSED_ON = List.of(HttpHeaders.CONTENT_TYPE, "Link", HttpHeaders.RETRY_AFTER);

    private final URI router;
    private final RouterTokens tokens;
    private final HttpClient http;

    /**
     * @param path at the router, with a query if there is one; encoded
     * @param accept media type wanted for the answer
     * @param changes whether it changes anything at the router
     */
    public record Request(String method, String path, Optional<byte[]> body, String accept, boolean changes) {
        public static Request get(String path) {
            return getAs(MediaType.APPLICATION_JSON, path);
        }

        static Request getAs(String accept, String path) {
            return new Request("GET", path, Optional.empty(), accept, false);
        }

        /** A question that needs a body, and changes nothing. */
        static Request ask(String path, byte[] body) {
            return new Request("POST", path, Optional.of(body), MediaType.APPLICATION_JSON, false);
        }

        /** @param body null for none */
        public static Request post(String path, byte[] body) {
            return to("POST", path, body);
        }

        static Request to(String method, String path, byte[] body) {
            return new Request(method, path, Optional.ofNullable(body), MediaType.APPLICATION_JSON, true);
        }
    }

    public RouterRequests(URI router, RouterTokens tokens, HttpClient http) {
        this.router = router;
        this.tokens = tokens;
        this.http = http;
    }

    /** Encodes one segment of a path. */
    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Encodes the parameters that are present as a query; it begins with a question mark, or is empty. */
    static String query(Map<String, Optional<String>> parameters) {
        String query = parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue().isPresent())
                .sorted(Map.Entry.comparingByKey())
                .map(parameter -> parameter.getKey() + "=" + part(parameter.getValue().get()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    static Refused away() {
        return Refused.unavailable("The router does not answer; calls continue with what is decided already. Try again in a moment.");
    }

    /**
     * Returns the router's answer, whatever its status.
     *
     * @throws Refused if the router does not answer, or the user may change nothing and the request changes something: the router
     *     has no read-only role, so the user's token would allow it
     */
    public Response send(User user, Request request) throws InterruptedException {
        if (request.changes() && !user.changes()) {
            throw Refused.forbidden("The role %s is read-only.".formatted(user.role().code()));
        }
        HttpResponse<byte[]> answer = sent(user, request);
        if (answer.statusCode() == UNAUTHORISED) {
            // The router's keys may have changed since the token was issued.
            tokens.forget(user);
            answer = sent(user, request);
        }
        if (answer.statusCode() == UNAUTHORISED) {
            throw Refused.unavailable("The router does not accept the console's tokens: compare TRUNKLINE_ADMIN_TOKEN of both.");
        }
        Response.ResponseBuilder passed = Response.status(answer.statusCode());
        if (answer.body().length > 0) {
            passed.entity(answer.body());
        }
        for (String header : PASSED_ON) {
            answer.headers().firstValue(header).ifPresent(value -> passed.header(header, value));
        }
        return passed.build();
    }

    private HttpResponse<byte[]> sent(User user, Request request) throws InterruptedException {
        HttpRequest.Builder asked = HttpRequest.newBuilder(router.resolve(request.path()))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + tokens.of(user))
                .header("Accept", request.accept())
                .method(request.method(), request.body()
                        .map(HttpRequest.BodyPublishers::ofByteArray)
                        .orElseGet(HttpRequest.BodyPublishers::noBody));
        if (request.body().isPresent()) {
            asked.header("Content-Type", "application/json");
        }
        try {
            return http.send(asked.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw away();
        }
    }
}
