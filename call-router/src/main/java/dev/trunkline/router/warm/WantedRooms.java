package dev.trunkline.router.warm;

import dev.trunkline.events.WarmRooms;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RuleTerms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In which rooms agents are to wait, according to the rules. Pure. */
final class WantedRooms {
    private WantedRooms() {}

    /** Returns the wanted rooms by rule id. */
    static Map<String, WarmRooms> of(List<DispatchRule> rules) {
        Map<String, WarmRooms> wanted = new LinkedHashMap<>();
        rules.forEach(rule -> of(rule).ifPresent(rooms -> wanted.put(rule.id(), rooms)));
        return wanted;
    }

    private static Optional<WarmRooms> of(DispatchRule rule) {
        RuleTerms terms = rule.terms();
        return terms.warm() > 0 && terms.destination() instanceof Destination.Room(RoomChoice.Individual(String prefix, var fixed), var exists, var none)
                ? Optional.of(new WarmRooms(rule.ref(), prefix, RuleTerms.told(terms.agents(), terms.metadata()), terms.warm()))
                : Optional.empty();
    }

    /**
     * Returns what has to be published so that a topic matches what is wanted.
     *
     * @param said what the topic says now, by rule id
     * @return by rule id; empty where a tombstone is due
     */
    static Map<String, Optional<WarmRooms>> changes(Map<String, WarmRooms> wanted, Map<String, WarmRooms> said) {
        Map<String, Optional<WarmRooms>> changes = new LinkedHashMap<>();
        wanted.forEach((rule, rooms) -> {
            if (!rooms.equals(said.get(rule))) {
                changes.put(rule, Optional.of(rooms));
            }
        });
        said.keySet().stream().filter(rule -> !wanted.containsKey(rule)).forEach(rule -> changes.put(rule, Optional.empty()));
        return changes;
    }
}
