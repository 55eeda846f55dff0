package dev.trunkline.dispatcher.livekit;

import dev.trunkline.events.Agent;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import livekit.LivekitAgentDispatch.AgentDispatch;

/**
 * LiveKit's explicit agent dispatch, and the agents that came of it. Creating a dispatch also creates the room, without metadata, if the
 * caller is not in it yet; a later creation finds it there. Every method waits for LiveKit. Thread-safe.
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
     * Finds an existing dispatch that is like this one, made by an earlier run of this service. LiveKit's list has no reference to a
     * call, so agent, metadata and time must identify it.
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

    /** Returns the dispatches in a room; none if the room does not exist. */
    public List<Dispatch> list(String room) throws LiveKitException, InterruptedException {
        // LiveKit takes 3 s to say that there are no dispatches in a room that does not exist; the room list is quick.
        return exists(room) ? ask(room) : List.of();
    }

    /** Returns one dispatch of a room that most probably exists. @return empty if the dispatch or the room is gone */
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

    /** Returns what became of a dispatch, as part of a sentence; empty if nothing is known except that it was accepted. */
    public Optional<String> story(String room, String dispatchId) throws LiveKitException, InterruptedException {
        if (!exists(room)) {
            return Optional.of("the room is gone");
        }
        return look(room, dispatchId).flatMap(Dispatch::story);
    }

    /**
     * Takes a dispatch back. LiveKit then ends its jobs, including those that a worker is just accepting, and removes agents from the
     * room that are there and do not leave within 3 s. It does not do so if the worker's connection has broken, or if an agent enters
     * afterwards.
     *
     * @return the dispatch as it was at its end; empty if it was already gone
     */
    public Optional<Dispatch> delete(String room, String dispatchId) throws LiveKitException, InterruptedException {
        return exists(room) ? deleteIn(room, dispatchId) : Optional.empty();
    }

    /** The same for a room that is known to exist, or existed a moment ago. */
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

    /** Returns the participants of a room; none if the room does not exist. */
    public List<Participant> participants(String room) throws LiveKitException, InterruptedException {
        return api.ask(api.rooms().listParticipants(room)).stream().map(Participant::of).toList();
    }

    /** Removes a participant from a room. @return false if nobody of that identity was there */
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

    /** Returns the rooms of the same LiveKit. */
    public Rooms rooms() {
        return new Rooms(api);
    }

    /** Whether LiveKit has the room. The same query shows whether LiveKit answers at all. */
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
