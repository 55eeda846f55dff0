package dev.trunkline.router.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A three-way merge of an item, field by field: as it was last taken from LiveKit, as it is there now, and as it is
 * here. A field that only one side has changed takes that side's value.
 *
 * @param item the whole item, if no field was changed on both sides
 * @param both names of fields that both sides changed, to different values
 */
record Merge(ObjectNode item, Set<String> both) {

    static Merge of(ObjectNode taken, ObjectNode wanted, ObjectNode here) {
        SortedSet<String> names = new TreeSet<>();
        for (ObjectNode each : new ObjectNode[] {taken, wanted, here}) {
            each.fieldNames().forEachRemaining(names::add);
        }
        SortedSet<String> both = new TreeSet<>();
        ObjectNode merged = wanted.objectNode();
        for (String name : names) {
            Optional<JsonNode> was = Optional.ofNullable(taken.get(name));
            Optional<JsonNode> theirs = Optional.ofNullable(wanted.get(name));
            Optional<JsonNode> ours = Optional.ofNullable(here.get(name));
            // The name links the two items, so it always follows LiveKit.
            boolean oursCounts = theirs.equals(was) && !name.equals("name");
            if (!oursCounts && !ours.equals(was) && !ours.equals(theirs) && !name.equals("name")) {
                both.add(name);
            }
            (oursCounts ? ours : theirs).ifPresent(value -> merged.set(name, value));
        }
        return new Merge(merged, both);
    }
}
