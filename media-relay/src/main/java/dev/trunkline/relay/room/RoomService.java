package dev.trunkline.relay.room;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import dev.trunkline.rtc.RemoteParticipant;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import livekit.LivekitModels;
import livekit.LivekitRoom.ListParticipantsRequest;
import livekit.LivekitRoom.ListParticipantsResponse;
import livekit.LivekitRoom.ListRoomsRequest;
import livekit.LivekitRoom.ListRoomsResponse;
import livekit.LivekitRoom.RoomParticipantIdentity;
import livekit.LivekitRoom.UpdateRoomMetadataRequest;

/** The calls to LiveKit's room service that a relay needs, over Twirp with protobuf. Thread-safe. */
public final class RoomService {
    /** A caller waits meanwhile, and hears busy if LiveKit is away. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final HttpClient http;
    private final LiveKitAddress liveKit;
    private final RoomTokens tokens;

    public RoomService(HttpClient http, LiveKitAddress liveKit, RoomTokens tokens) {
        this.http = http;
        this.liveKit = liveKit;
        this.tokens = tokens;
    }

    /**
     * Whether somebody in the room has this identity; also false where the server refuses to say. Fails if it cannot be reached:
     * then a join would only wait for longer.
     */
    public CompletionStage<Boolean> isPresent(String room, String identity) {
        var request = RoomParticipantIdentity.newBuilder().setRoom(room).setIdentity(identity).build();
        return call("GetParticipant", room, request).thenApply(response -> response.statusCode() == OK);
    }

    /** The id of a room that is there, {@code RM_…}; empty if it is not. Fails if the server does not say. */
    public CompletionStage<Optional<String>> sid(String room) {
        return call("ListRooms", room, ListRoomsRequest.newBuilder().addNames(room).build()).thenApply(response -> {
            if (response.statusCode() != OK) {
                throw new IllegalStateException("LiveKit refused to list the room with status " + response.statusCode());
            }
            try {
                return ListRoomsResponse.parseFrom(response.body()).getRoomsList().stream()
                        .map(LivekitModels.Room::getSid)
                        .findFirst();
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("LiveKit's list of rooms is not understood", e);
            }
        });
    }

    /** Who is in a room, whether or not those in it were told of each other yet. Fails if the server does not say. */
    public CompletionStage<List<RemoteParticipant>> participants(String room) {
        var request = ListParticipantsRequest.newBuilder().setRoom(room).build();
        return call("ListParticipants", room, request).thenApply(response -> {
            if (response.statusCode() != OK) {
                throw new IllegalStateException("LiveKit refused to list participants with status " + response.statusCode());
            }
            try {
                return Attendance.of(ListParticipantsResponse.parseFrom(response.body()).getParticipantsList());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("LiveKit's list of participants is not understood", e);
            }
        });
    }

    /** Completes when the room has this metadata; fails if the server refused. */
    public CompletionStage<Void> setMetadata(String room, String metadata) {
        var request = UpdateRoomMetadataRequest.newBuilder().setRoom(room).setMetadata(metadata).build();
        return call("UpdateRoomMetadata", room, request).thenAccept(response -> {
            if (response.statusCode() != OK) {
                throw new IllegalStateException("LiveKit refused the room's metadata with status " + response.statusCode());
            }
        });
    }

    private CompletionStage<HttpResponse<byte[]>> call(String method, String room, MessageLite request) {
        HttpRequest post = HttpRequest.newBuilder(liveKit.api("/twirp/livekit.RoomService/" + method))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/protobuf")
                .header("Authorization", "Bearer " + tokens.admin(room))
                .POST(BodyPublishers.ofByteArray(request.toByteArray()))
                .build();
        return http.sendAsync(post, BodyHandlers.ofByteArray());
    }
}
