package dev.trunkline.dispatcher.livekit;

import dev.trunkline.events.Agent;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import livekit.LivekitAgent;
import livekit.LivekitAgentDispatch.AgentDispatch;
import livekit.LivekitAgentDispatch.CreateAgentDispatchRequest;
import livekit.LivekitAgentDispatch.DeleteAgentDispatchRequest;
import livekit.LivekitAgentDispatch.ListAgentDispatchRequest;
import livekit.LivekitAgentDispatch.ListAgentDispatchResponse;
import livekit.LivekitRoom.ListRoomsRequest;
import livekit.LivekitRoom.ListRoomsResponse;

/**
 * LiveKit's explicit agent dispatch. Creating a dispatch creates the room too, bare, if the caller is not in it yet;
 * whoever creates it afterwards finds it there. Every method waits for LiveKit. Thread-safe.
 */
public final class AgentDispatches implements AutoCloseable {
    private static final String DISPATCH_SERVICE = "AgentDispatchService";

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
        // LiveKit takes 3 s to say that there are no dispatches in a room that is not there; the room list is quick.
        if (!exists(room)) {
            return Optional.empty();
        }
        return list(room).stream()
                .filter(dispatch -> dispatch.getAgentName().equals(agent.name()))
                .filter(dispatch -> dispatch.getMetadata().equals(metadata(agent)))
                .filter(dispatch -> !createdAt(dispatch).isBefore(notBefore))
                .map(AgentDispatch::getId)
                .findFirst();
    }

    /** What became of a dispatch, part of a sentence; empty if nothing more than that it was taken is known. */
    public Optional<String> story(String room, String dispatchId) throws LiveKitException, InterruptedException {
        if (!exists(room)) {
            return Optional.of("the room is gone");
        }
        return list(room).stream()
                .filter(dispatch -> dispatch.getId().equals(dispatchId))
                .findFirst()
                .flatMap(AgentDispatches::story);
    }

    private static Optional<String> story(AgentDispatch dispatch) {
        List<LivekitAgent.Job> jobs = dispatch.getState().getJobsList();
        if (jobs.isEmpty()) {
            return Optional.of("no worker of that name took the job");
        }
        LivekitAgent.JobState state = jobs.getLast().getState();
        String error = state.getError().isEmpty() ? "" : ": " + state.getError();
        return switch (state.getStatus()) {
            case JS_PENDING -> Optional.of("a worker took the job and has not begun it");
            case JS_RUNNING -> Optional.of("a worker runs the job and listens to nobody");
            case JS_SUCCESS -> Optional.of("a worker finished the job without listening");
            case JS_FAILED -> Optional.of("the worker failed" + error);
            case UNRECOGNIZED -> Optional.empty();
        };
    }

    /** Takes a dispatch back. @return false if it was gone already */
    public boolean delete(String room, String dispatchId) throws LiveKitException, InterruptedException {
        if (!exists(room)) {
            return false;
        }
        twirp.ask(
                DISPATCH_SERVICE,
                "DeleteDispatch",
                room,
                DeleteAgentDispatchRequest.newBuilder()
                        .setRoom(room)
                        .setDispatchId(dispatchId)
                        .build(),
                AgentDispatch.parser());
        return true;
    }

    /** Whether LiveKit has the room. Also the question that shows whether it answers at all. */
    public boolean exists(String room) throws LiveKitException, InterruptedException {
        return twirp.ask(
                                "RoomService",
                                "ListRooms",
                                room,
                                ListRoomsRequest.newBuilder().addNames(room).build(),
                                ListRoomsResponse.parser())
                        .getRoomsCount()
                > 0;
    }

    private List<AgentDispatch> list(String room) throws LiveKitException, InterruptedException {
        return twirp.ask(
                        DISPATCH_SERVICE,
                        "ListDispatch",
                        room,
                        ListAgentDispatchRequest.newBuilder().setRoom(room).build(),
                        ListAgentDispatchResponse.parser())
                .getAgentDispatchesList();
    }

    private static Instant createdAt(AgentDispatch dispatch) {
        long nanos = dispatch.getState().getCreatedAt();
        return Instant.ofEpochSecond(0, nanos);
    }

    private static String metadata(Agent agent) {
        return agent.metadata() == null ? "" : agent.metadata();
    }

    @Override
    public void close() {
        twirp.close();
    }
}
