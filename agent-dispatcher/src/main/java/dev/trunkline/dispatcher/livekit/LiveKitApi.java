package dev.trunkline.dispatcher.livekit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livekit.server.AgentDispatchServiceClient;
import io.livekit.server.RoomServiceClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Response;

/**
 * LiveKit's API, used through its own SDK. Waits for each answer, so call it from a virtual thread. Thread-safe.
 */
final class LiveKitApi implements AutoCloseable {
    /** Longer than the 3 s after which LiveKit itself gives up on a room that no node has. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration CONNECTING = Duration.ofSeconds(2);
    /** Error codes of Twirp, protocol version 7, that would be the same on a retry. */
    private static final Set<String> FOR_GOOD = Set.of(
            "unauthenticated", "permission_denied", "invalid_argument", "malformed", "bad_route", "unimplemented",
            "out_of_range");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final OkHttpClient http;
    private final AgentDispatchServiceClient dispatches;
    private final RoomServiceClient rooms;

    LiveKitApi(URI base, String key, String secret) {
        this.base = base;
        this.http = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(CONNECTING)
                .callTimeout(PATIENCE)
                // A dispatch that the client silently requests a second time is a second agent.
                .retryOnConnectionFailure(false)
                .build();
        this.dispatches = AgentDispatchServiceClient.createClient(base.toString(), key, secret, () -> http);
        this.rooms = RoomServiceClient.createClient(base.toString(), key, secret, () -> http);
    }

    AgentDispatchServiceClient dispatches() {
        return dispatches;
    }

    RoomServiceClient rooms() {
        return rooms;
    }

    /** Sends a request, and waits for the answer. */
    <T> T ask(Call<T> question) throws LiveKitException, InterruptedException {
        Response<T> answer = said(question);
        if (answer.body() == null) {
            throw new LiveKitException("LiveKit's answer is empty", true);
        }
        return answer.body();
    }

    /** Sends a request whose answer contains nothing. */
    void tell(Call<Void> wish) throws LiveKitException, InterruptedException {
        said(wish);
    }

    private <T> Response<T> said(Call<T> question) throws LiveKitException, InterruptedException {
        Response<T> answer;
        try {
            answer = question.execute();
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while LiveKit was asked");
            }
            throw new LiveKitException("LiveKit does not answer at " + base, false);
        } catch (RuntimeException e) {
            // The SDK throws this for octets that are not a protobuf message of that kind.
            throw new LiveKitException("LiveKit's answer could not be parsed", true);
        }
        if (!answer.isSuccessful()) {
            throw failure(answer);
        }
        return answer;
    }

    /** Twirp's errors are JSON: {@code {"code": "not_found", "msg": "…"}}. */
    private static LiveKitException failure(Response<?> response) {
        try (ResponseBody body = response.errorBody()) {
            JsonNode error = JSON.readTree(body == null ? "" : body.string());
            String code = error.path("code").asText("");
            String message = error.path("msg").asText("").replace("twirp error unknown: ", "");
            return new LiveKitException(
                    "%d %s: %s".formatted(response.code(), code, message),
                    FOR_GOOD.contains(code),
                    code.equals("not_found"));
        } catch (IOException e) {
            int status = response.code();
            return new LiveKitException("HTTP status " + status, status == 401 || status == 403);
        }
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
