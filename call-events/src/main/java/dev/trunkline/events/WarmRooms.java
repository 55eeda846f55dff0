package dev.trunkline.events;

import java.util.List;

/**
 * Rooms in which agents of a rule are to wait for callers, on {@link Topics#WARM_POOLS} under the rule's id; a tombstone says that none are
 * wanted any more.
 *
 * @param rule the one whose calls are put into the rooms
 * @param prefix of the rooms' names
 * @param agents those who wait in each of the rooms, with their metadata, as the rule's calls ask for them
 * @param count how many rooms wait in the whole suite, 1 or more
 */
public record WarmRooms(RuleRef rule, String prefix, List<Agent> agents, int count) {

    public WarmRooms {
        agents = List.copyOf(agents);
    }
}
