package dev.trunkline.dispatcher.livekit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import livekit.LivekitModels.Room;

/** Rooms that are made before anybody is in them. Every method waits for LiveKit. Thread-safe. */
public final class Rooms {
    private final LiveKitApi api;

    Rooms(LiveKitApi api) {
        this.api = api;
    }

    /**
     * Makes a room without metadata; one of this name that is there stays as it is.
     *
     * @param empty after which LiveKit closes it, counted from its making: agents alone do not keep it
     * @param departed after which LiveKit closes it once somebody who was no agent has left
     */
    public void create(String room, Duration empty, Duration departed) throws LiveKitException, InterruptedException {
        api.ask(api.rooms().createRoom(
                room, (int) empty.toSeconds(), null, null, null, null, null, null, (int) departed.toSeconds()));
    }

    /** Closes a room, whoever is in it. One that is not there is closed. */
    public void delete(String room) throws LiveKitException, InterruptedException {
        try {
            api.tell(api.rooms().deleteRoom(room));
        } catch (LiveKitException e) {
            if (!e.notFound()) {
                throw e;
            }
        }
    }

    /** How many are in each of these rooms, as LiveKit counts; those that are not there are left out. */
    public Map<String, Integer> occupants(List<String> rooms) throws LiveKitException, InterruptedException {
        return api.ask(api.rooms().listRooms(rooms)).stream().collect(Collectors.toMap(Room::getName, Room::getNumParticipants));
    }

    /** The names of all rooms. */
    public List<String> all() throws LiveKitException, InterruptedException {
        return api.ask(api.rooms().listRooms()).stream().map(Room::getName).toList();
    }
}
