package dev.trunkline.dispatcher.livekit;

import dev.trunkline.events.Agent;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import livekit.LivekitAgentDispatch.AgentDispatch;
import livekit.LivekitAgentDispatch.CreateAgentDispatchRequest;
import livekit.LivekitAgentDispatch.DeleteAgentDispatchRequest;
import livekit.LivekitAgentDispatch.ListAgentDispatchRequest;
import livekit.LivekitAgentDispatch.ListAgentDispatchResponse;
import livekit.LivekitRoom.ListParticipantsRequest;
import livekit.LivekitRoom.ListParticipantsResponse;
import livekit.LivekitRoom.ListRoomsRequest;
import livekit.LivekitRoom.ListRoomsResponse;
import livekit.LivekitRoom.RemoveParticipantResponse;
import livekit.LivekitRoom.RoomParticipantIdentity;

/**
 * LiveKit's explicit agent dispatch, and who came of it. Creating a dispatch creates the room too, bare, if the caller is not in it yet;
 * whoever creates it afterwards finds it there. Every method waits for LiveKit. Thread-safe.
 */
public final class AgentDispatches implements AutoCloseable {
    private static final String DISPATCH_SERVICE = "AgentDispatchService";
    private static final String ROOM_SERVICE = "RoomService";

    private final Twirp twirp;

    /** @param url of LiveKit, {@code ws}, {@code wss}, {@code http} or {@code https} */
    public AgentDispatches(URI url, String key, String secret) {
        this.twirp = new Twirp(http(url), key, secret);
    }

    private static URI http(URI url) {
        return URI.create(url.toString().replaceFirst("^ws", "http"));
    }

    /** @return the dispatch's id */
    public String create(String room, Agent agent) throws LiveKitException, InterruptedException {
        if (room.isBlank()) {
            throw new LiveKitException("the route names no room", true);
        }
        return twirp.ask(
                        DISPATCH_SERVICE,
                        "CreateDispatch",
                        room,
                        CreateAgentDispatchRequest.newBuilder()
                                .setRoom(room)
                                .setAgentName(agent.name())
                                .setMetadata(metadata(agent))
                                .build(),
                        AgentDispatch.parser())
                .getId();
    }

    /**
     * A dispatch like this that is there already: what an earlier life of this service asked for. LiveKit's list says
     * nothing of a call, so agent, metadata and time must do.
     *
     * @param notBefore the beginning of the call
     */
    public Optional<String> find(String room, Agent agent, Instant notBefore)
            throws LiveKitException, InterruptedException {
        return list(room).stream()
                .filter(dispatch -> dispatch.asks(agent))
                .filter(dispatch -> !dispatch.createdAt().isBefore(notBefore))
                .map(Dispatch::id)
                .findFirst();
    }

    /** The dispatches in a room; none where there is no such room. */
    public List<Dispatch> list(String room) throws LiveKitException, InterruptedException {
        // LiveKit takes 3 s to say that there are no dispatches in a room that is not there; the room list is quick.
        return exists(room) ? ask(room, "") : List.of();
    }

    /** One dispatch of a room that is most probably there. @return empty if the dispatch or the room is gone */
    public Optional<Dispatch> look(String room, String dispatchId) throws LiveKitException, InterruptedException {
        try {
            return ask(room, dispatchId).stream().filter(dispatch -> dispatch.id().equals(dispatchId)).findFirst();
        } catch (LiveKitException e) {
            if (exists(room)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** What became of a dispatch, part of a sentence; empty if nothing more than that it was taken is known. */
    public Optional<String> story(String room, String dispatchId) throws LiveKitException, InterruptedException {
        if (!exists(room)) {
            return Optional.of("the room is gone");
        }
        return look(room, dispatchId).flatMap(Dispatch::story);
    }

    /**
     * Takes a dispatch back. LiveKit then ends its jobs, those too that a worker is just taking, and shows agents out of
     * the room that are there and do not leave within 3 s. It does not where the worker's connection has broken, nor
     * where an agent enters afterwards.
     *
     * @return the dispatch as it was at its end; empty if it was gone already
     */
    public Optional<Dispatch> delete(String room, String dispatchId) throws LiveKitException, InterruptedException {
        return exists(room) ? deleteIn(room, dispatchId) : Optional.empty();
    }

    /** The same where the room is known to be there, or was a moment ago. */
    public Optional<Dispatch> deleteIn(String room, String dispatchId) throws LiveKitException, InterruptedException {
        try {
            AgentDispatch deleted = twirp.ask(
                    DISPATCH_SERVICE,
                    "DeleteDispatch",
                    room,
                    DeleteAgentDispatchRequest.newBuilder()
                            .setRoom(room)
                            .setDispatchId(dispatchId)
                            .build(),
                    AgentDispatch.parser());
            return Optional.of(Dispatch.of(deleted));
        } catch (LiveKitException e) {
            if (e.notFound() || !exists(room)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Who is in a room; nobody where there is no such room. */
    public List<Participant> participants(String room) throws LiveKitException, InterruptedException {
        return twirp.ask(
                        ROOM_SERVICE,
                        "ListParticipants",
                        room,
                        ListParticipantsRequest.newBuilder().setRoom(room).build(),
                        ListParticipantsResponse.parser())
                .getParticipantsList().stream()
                .map(Participant::of)
                .toList();
    }

    /** Shows somebody out of a room. @return false if nobody of that identity was there */
    public boolean remove(String room, String identity) throws LiveKitException, InterruptedException {
        try {
            twirp.ask(
                    ROOM_SERVICE,
                    "RemoveParticipant",
                    room,
                    RoomParticipantIdentity.newBuilder().setRoom(room).setIdentity(identity).build(),
                    RemoveParticipantResponse.parser());
            return true;
        } catch (LiveKitException e) {
            if (e.notFound()) {
                return false;
            }
            throw e;
        }
    }

    /** Whether LiveKit has the room. Also the question that shows whether it answers at all. */
    public boolean exists(String room) throws LiveKitException, InterruptedException {
        return twirp.ask(
                                ROOM_SERVICE,
                                "ListRooms",
                                room,
                                ListRoomsRequest.newBuilder().addNames(room).build(),
                                ListRoomsResponse.parser())
                        .getRoomsCount()
                > 0;
    }

    /** @param dispatchId empty for all */
    private List<Dispatch> ask(String room, String dispatchId) throws LiveKitException, InterruptedException {
        return twirp.ask(
                        DISPATCH_SERVICE,
                        "ListDispatch",
                        room,
                        ListAgentDispatchRequest.newBuilder().setRoom(room).setDispatchId(dispatchId).build(),
                        ListAgentDispatchResponse.parser())
                .getAgentDispatchesList().stream()
                .map(Dispatch::of)
                .toList();
    }

    static String metadata(Agent agent) {
        return agent.metadata() == null ? "" : agent.metadata();
    }

    @Override
    public void close() {
        twirp.close();
    }
}
