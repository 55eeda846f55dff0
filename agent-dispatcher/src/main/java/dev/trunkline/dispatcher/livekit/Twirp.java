package dev.trunkline.dispatcher.livekit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.livekit.server.AccessToken;
import io.livekit.server.RoomAdmin;
import io.livekit.server.RoomList;
import io.livekit.server.RoomName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;

/**
 * One question to LiveKit's API: Twirp (protocol version 7) with protobuf bodies. Waits, so call it from a virtual
 * thread. Thread-safe.
 */
final class Twirp implements AutoCloseable {
    /** Longer than the 3 s after which LiveKit itself gives up on a room that no node has. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);
    /** Twirp error codes that will be the same the next time. */
    private static final Set<String> FOR_GOOD = Set.of(
            "unauthenticated", "permission_denied", "invalid_argument", "malformed", "bad_route", "unimplemented",
            "out_of_range");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final String key;
    private final String secret;
    private final HttpClient http;

    Twirp(URI base, String key, String secret) {
        this.base = base;
        this.key = key;
        this.secret = secret;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
    }

    <T extends Message> T ask(String service, String method, String room, Message question, Parser<T> answer)
            throws LiveKitException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/twirp/livekit." + service + "/" + method))
                .timeout(PATIENCE)
                .header("Content-Type", "application/protobuf")
                .header("Authorization", "Bearer " + token(room))
                .POST(BodyPublishers.ofByteArray(question.toByteArray()))
                .build();
        HttpResponse<byte[]> response;
        try {
            response = http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new LiveKitException("LiveKit does not answer at " + base, false);
        }
        if (response.statusCode() != 200) {
            throw failure(response);
        }
        try {
            return answer.parseFrom(response.body());
        } catch (InvalidProtocolBufferException e) {
            throw new LiveKitException("LiveKit's answer to " + method + " is not understood", true);
        }
    }

    private String token(String room) {
        var token = new AccessToken(key, secret);
        token.setTtl(TOKEN_LIFE.toMillis());
        token.addGrants(new RoomAdmin(true), new RoomName(room), new RoomList(true));
        return token.toJwt();
    }

    /** Twirp's errors are JSON: {@code {"code": "not_found", "msg": "…"}}. */
    private static LiveKitException failure(HttpResponse<byte[]> response) {
        try {
            JsonNode error = JSON.readTree(response.body());
            String code = error.path("code").asText("");
            String message = error.path("msg").asText("").replace("twirp error unknown: ", "");
            return new LiveKitException(
                    "%d %s: %s".formatted(response.statusCode(), code, message),
                    FOR_GOOD.contains(code),
                    code.equals("not_found"));
        } catch (IOException e) {
            int status = response.statusCode();
            return new LiveKitException("HTTP status " + status, status == 401 || status == 403);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
