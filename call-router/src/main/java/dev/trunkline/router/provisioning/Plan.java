package dev.trunkline.router.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be done to bring the directory in line with LiveKit.
 *
 * @param writes in an order in which no item names one that does not exist yet
 * @param removals to be done afterwards, in an order in which no removed item is still needed
 * @param numbers the organisation that each number is assigned to, by number
 * @param numbersGone numbers that were created for LiveKit's trunks and rules, and that nothing there names any more
 * @param known what is to be remembered if all of that succeeds
 * @param facts items that are not in the directory as they are in LiveKit, and why
 */
public record Plan(
        List<Write> writes,
        List<Removal> removals,
        Map<String, String> numbers,
        Set<String> numbersGone,
        List<Known> known,
        List<Fact> facts) {

    /** @param item in the form of a directory file */
    public record Write(ItemKey key, String name, ObjectNode item) {}

    /** @param name in the directory */
    public record Removal(ItemKey key, String name) {}

    public Plan {
        writes = List.copyOf(writes);
        removals = List.copyOf(removals);
        numbers = Map.copyOf(numbers);
        numbersGone = Set.copyOf(numbersGone);
        known = List.copyOf(known);
        facts = List.copyOf(facts);
    }
}
