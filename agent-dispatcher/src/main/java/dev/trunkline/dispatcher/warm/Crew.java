package dev.trunkline.dispatcher.warm;

import dev.trunkline.dispatcher.livekit.Participant;
import dev.trunkline.events.Agent;
import java.util.ArrayList;
import java.util.List;

/** Whether all agents who are to wait in a room are there. Pure. */
final class Crew {
    private Crew() {}

    /**
     * An agent that is in the room counts as waiting, whether or not it has published: most publish only once they know the
     * caller.
     *
     * @param there an agent whose name LiveKit does not report stands for any
     */
    static boolean complete(List<Agent> wanted, List<Participant> there) {
        List<String> present = new ArrayList<>(there.stream().filter(Participant::agent).map(Participant::agentName).toList());
        return wanted.stream().allMatch(agent -> present.remove(agent.name()) || present.remove(""));
    }
}
