package dev.trunkline.dispatcher.livekit;

import dev.trunkline.events.Agent;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import livekit.LivekitAgentDispatch.AgentDispatch;

/**
 * LiveKit's explicit agent dispatch, and who came of it. Creating a dispatch creates the room too, bare, if the caller is not in it yet;
 * whoever creates it afterwards finds it there. Every method waits for LiveKit. Thread-safe.
 */
public final class AgentDispatches implements AutoCloseable {
    private final LiveKitApi api;

    /** @param url of LiveKit, {@code ws}, {@code wss}, {@code http} or {@code https} */
    public AgentDispatches(URI url, String key, String secret) {
        this.api = new LiveKitApi(http(url), key, secret);
    }

    private static URI http(URI url) {
        return URI.create(url.toString().replaceFirst("^ws", "http"));
    }

    /** @return the dispatch's id */
    public String create(String room, Agent agent) throws LiveKitException, InterruptedException {
        if (room.isBlank()) {
            throw new LiveKitException("the route names no room", true);
        }
        return api.ask(api.dispatches().createDispatch(room, agent.name(), metadata(agent))).getId();
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
        return exists(room) ? ask(room) : List.of();
    }

    /** One dispatch of a room that is most probably there. @return empty if the dispatch or the room is gone */
    public Optional<Dispatch> look(String room, String dispatchId) throws LiveKitException, InterruptedException {
        try {
            return ask(room).stream().filter(dispatch -> dispatch.id().equals(dispatchId)).findFirst();
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
            AgentDispatch deleted = api.ask(api.dispatches().deleteDispatch(room, dispatchId));
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
        return api.ask(api.rooms().listParticipants(room)).stream().map(Participant::of).toList();
    }

    /** Shows somebody out of a room. @return false if nobody of that identity was there */
    public boolean remove(String room, String identity) throws LiveKitException, InterruptedException {
        try {
            api.tell(api.rooms().removeParticipant(room, identity));
            return true;
        } catch (LiveKitException e) {
            if (e.notFound()) {
                return false;
            }
            throw e;
        }
    }

    /** Rooms as such, of the same LiveKit. */
    public Rooms rooms() {
        return new Rooms(api);
    }

    /** Whether LiveKit has the room. Also the question that shows whether it answers at all. */
    public boolean exists(String room) throws LiveKitException, InterruptedException {
        return !api.ask(api.rooms().listRooms(List.of(room))).isEmpty();
    }

    private List<Dispatch> ask(String room) throws LiveKitException, InterruptedException {
        return api.ask(api.dispatches().listDispatch(room)).stream().map(Dispatch::of).toList();
    }

    static String metadata(Agent agent) {
        return agent.metadata() == null ? "" : agent.metadata();
    }

    @Override
    public void close() {
        api.close();
    }
}
