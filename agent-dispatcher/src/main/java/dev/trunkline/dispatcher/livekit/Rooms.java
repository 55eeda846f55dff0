package dev.trunkline.dispatcher.livekit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import livekit.LivekitModels.Room;

/** Rooms that are created before anybody is in them. Every method waits for LiveKit. Thread-safe. */
public final class Rooms {
    private final LiveKitApi api;

    Rooms(LiveKitApi api) {
        this.api = api;
    }

    /**
     * Creates a room without metadata; an existing room of this name stays as it is.
     *
     * @param empty the time after which LiveKit closes it, counted from its creation: agents alone do not keep it open
     * @param departed the time after which LiveKit closes it once a participant that is not an agent has left
     */
    public void create(String room, Duration empty, Duration departed) throws LiveKitException, InterruptedException {
        api.ask(api.rooms().createRoom(
                room, (int) empty.toSeconds(), null, null, null, null, null, null, (int) departed.toSeconds()));
    }

    /** Closes a room, whoever is in it. A room that does not exist counts as closed. */
    public void delete(String room) throws LiveKitException, InterruptedException {
        try {
            api.tell(api.rooms().deleteRoom(room));
        } catch (LiveKitException e) {
            if (!e.notFound()) {
                throw e;
            }
        }
    }

    /** Returns how many participants LiveKit counts in each of these rooms; rooms that do not exist are left out. */
    public Map<String, Integer> occupants(List<String> rooms) throws LiveKitException, InterruptedException {
        return api.ask(api.rooms().listRooms(rooms)).stream().collect(Collectors.toMap(Room::getName, Room::getNumParticipants));
    }

    /** Returns the names of all rooms. */
    public List<String> all() throws LiveKitException, InterruptedException {
        return api.ask(api.rooms().listRooms()).stream().map(Room::getName).toList();
    }
}
