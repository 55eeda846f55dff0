package dev.trunkline.relay.room;

import dev.trunkline.rtc.RemoteParticipant;
import io.livekit.server.RoomServiceClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import livekit.LivekitModels;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import retrofit2.Call;
import retrofit2.Response;

/**
 * The calls to LiveKit's room service that a relay needs, by LiveKit's own SDK. Each request is signed, sent and awaited
 * on its own thread, so that no media loop and no other call's thread ever waits for LiveKit. Thread-safe.
 */
public final class RoomService implements AutoCloseable {
    /** A caller waits meanwhile, and hears the busy tone if LiveKit is down. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int IDLE_CONNECTIONS = 16;
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Executor threads;
    private final OkHttpClient http;
    private final RoomServiceClient rooms;

    /** @param threads makes a thread for each task; virtual ones do */
    public RoomService(LiveKitAddress liveKit, Executor threads) {
        this(liveKit, threads, TIMEOUT);
    }

    RoomService(LiveKitAddress liveKit, Executor threads, Duration timeout) {
        this.threads = threads;
        // These requests may be repeated: over a connection that LiveKit has closed, the client retries once.
        this.http = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(timeout)
                .callTimeout(timeout)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE.toSeconds(), TimeUnit.SECONDS))
                .addInterceptor(below(liveKit.path()))
                .build();
        this.rooms = RoomServiceClient.createClient(
                liveKit.root().toString(), liveKit.apiKey(), liveKit.apiSecret(), () -> http);
    }

    /** The SDK uses paths at the root of a host; a LiveKit behind a proxy may be further down. */
    private static Interceptor below(String path) {
        return chain -> {
            HttpUrl asked = chain.request().url();
            HttpUrl url = asked.newBuilder().encodedPath(path + asked.encodedPath()).build();
            return chain.proceed(chain.request().newBuilder().url(url).build());
        };
    }

    /**
     * Returns whether somebody in the room has this identity; also false if the server refuses to say. Fails if it cannot be reached:
     * a join would then only wait longer.
     */
    public CompletionStage<Boolean> isPresent(String room, String identity) {
        return ask(() -> rooms.getParticipant(room, identity)).thenApply(Response::isSuccessful);
    }

    /** Returns the id of an existing room, {@code RM_…}; empty if there is none. Fails if the server does not respond. */
    public CompletionStage<Optional<String>> sid(String room) {
        return ask(() -> rooms.listRooms(List.of(room))).thenApply(answer -> {
            List<LivekitModels.Room> found = answer.body();
            if (!answer.isSuccessful() || found == null) {
                throw new IllegalStateException("LiveKit refused to list the room with status " + answer.code());
            }
            return found.stream().map(LivekitModels.Room::getSid).findFirst();
        });
    }

    /** Returns who is in a room, whether or not its participants were told of each other yet. Fails if the server does not respond. */
    public CompletionStage<List<RemoteParticipant>> participants(String room) {
        return ask(() -> rooms.listParticipants(room)).thenApply(answer -> {
            List<LivekitModels.ParticipantInfo> found = answer.body();
            if (!answer.isSuccessful() || found == null) {
                throw new IllegalStateException("LiveKit refused to list participants with status " + answer.code());
            }
            return Attendance.of(found);
        });
    }

    /** Sets the room's metadata. Completes when it is set; fails if the server refused. */
    public CompletionStage<Void> setMetadata(String room, String metadata) {
        return ask(() -> rooms.updateRoomMetadata(room, metadata)).thenAccept(answer -> {
            if (!answer.isSuccessful()) {
                throw new IllegalStateException("LiveKit refused the room's metadata with status " + answer.code());
            }
        });
    }

    /** @param question created on the thread that sends it, because creating it signs a token */
    private <T> CompletionStage<Response<T>> ask(Supplier<Call<T>> question) {
        return CompletableFuture.supplyAsync(() -> answer(question.get()), threads);
    }

    private static <T> Response<T> answer(Call<T> question) {
        try {
            return question.execute();
        } catch (IOException e) {
            throw new UncheckedIOException("LiveKit does not answer: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // The SDK throws this at octets that are no protobuf message of that kind.
            throw new IllegalStateException("LiveKit's answer could not be parsed", e);
        }
    }

    /** Cancels the pending requests. */
    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
    }
}
