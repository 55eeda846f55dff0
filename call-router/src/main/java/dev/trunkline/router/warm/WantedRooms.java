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

/** In which rooms agents are to wait, as rules say. Pure. */
final class WantedRooms {
    private WantedRooms() {}

    /** By rule id. */
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
     * What is to be said on a topic so that it says what is wanted.
     *
     * @param said what it says now, by rule id
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
