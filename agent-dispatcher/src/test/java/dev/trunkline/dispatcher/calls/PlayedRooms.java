package dev.trunkline.dispatcher.calls;

import dev.trunkline.dispatcher.warm.Given;
import dev.trunkline.dispatcher.warm.RoomGiver;
import dev.trunkline.events.CallRouted;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Simulated rooms in which agents would wait. */
final class PlayedRooms implements RoomGiver {
    private final Queue<Given> waiting = new ConcurrentLinkedQueue<>();
    private final List<String> takenBack = new CopyOnWriteArrayList<>();

    PlayedRooms(Given... waiting) {
        this.waiting.addAll(List.of(waiting));
    }

    @Override
    public Optional<Given> give(CallRouted route) {
        return Optional.ofNullable(waiting.poll());
    }

    @Override
    public void takeBack(String room) {
        takenBack.add(room);
    }

    int waiting() {
        return waiting.size();
    }

    List<String> takenBack() {
        return takenBack;
    }
}
