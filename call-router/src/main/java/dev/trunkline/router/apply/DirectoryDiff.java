package dev.trunkline.router.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.apply.ApplyReport.Change;
import dev.trunkline.router.apply.ApplyReport.FieldChange;
import dev.trunkline.router.apply.ApplyReport.Item;
import dev.trunkline.router.outbound.OutboundForm;
import dev.trunkline.router.rules.RuleDefinitions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What applying a file changes, item by item and field by field: first the file's items in the file's order, then those
 * that it removes.
 */
final class DirectoryDiff {
    /** In this order, no item is removed that another still needs. */
    private static final List<String> REMOVAL_ORDER =
            List.of("rule", "number", "agent_instance", "outbound_trunk", "trunk", "organisation");

    /** Compares numbers by value: Postgres writes 1e2 as 100. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    /** Never modified. */
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    private record Key(String kind, String name) {}

    private DirectoryDiff() {}

    /** @param whole whether existing items that are not in the file are removed */
    static List<Item> between(DirectoryFile there, DirectoryFile wanted, boolean whole) {
        Map<Key, ObjectNode> before = items(there);
        Map<Key, ObjectNode> after = items(wanted);
        List<Item> items = new ArrayList<>();
        after.forEach((key, item) -> items.add(compare(key, Optional.ofNullable(before.get(key)), item)));
        if (whole) {
            before.keySet().stream()
                    .filter(key -> !after.containsKey(key))
                    .sorted(Comparator.comparing(key -> REMOVAL_ORDER.indexOf(key.kind())))
                    .forEach(key -> items.add(new Item(key.kind(), key.name(), Change.REMOVED, fields(before.get(key), NOTHING))));
        }
        return items;
    }

    private static Item compare(Key key, Optional<ObjectNode> before, ObjectNode after) {
        List<FieldChange> fields = fields(before.orElse(NOTHING), after);
        Change change = before.isEmpty() ? Change.CREATED : fields.isEmpty() ? Change.UNCHANGED : Change.UPDATED;
        return new Item(key.kind(), key.name(), change, fields);
    }

    private static List<FieldChange> fields(ObjectNode before, ObjectNode after) {
        List<FieldChange> changes = new ArrayList<>();
        fields("", before, after, changes);
        return changes;
    }

    private static void fields(String path, JsonNode before, JsonNode after, List<FieldChange> changes) {
        var names = new TreeSet<String>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            Optional<JsonNode> one = Optional.ofNullable(before.get(name));
            Optional<JsonNode> other = Optional.ofNullable(after.get(name));
            String field = path.isEmpty() ? name : path + "." + name;
            if (one.isPresent() && other.isPresent() && one.get().isObject() && other.get().isObject() && !Hidden.names(name)) {
                fields(field, one.get(), other.get(), changes);
            } else if (one.isEmpty() || other.isEmpty() || !one.get().equals(BY_VALUE, other.get())) {
                changes.add(new FieldChange(
                        field, one.map(node -> Hidden.in(name, node)), other.map(node -> Hidden.in(name, node))));
            }
        }
    }

    private static Map<Key, ObjectNode> items(DirectoryFile file) {
        Map<Key, ObjectNode> items = new LinkedHashMap<>();
        file.organisations().forEach(organisation -> {
            String name = organisation.name();
            items.put(new Key("organisation", name), DirectoryForm.organisation(organisation));
            organisation.agentInstances().forEach(instance -> items.put(
                    new Key("agent_instance", name + "/" + instance.name()), DirectoryForm.agentInstance(instance)));
            organisation.numbers().forEach(number -> items.put(
                    new Key("number", number.phoneNumber()), DirectoryForm.number(number).put("organisation", name)));
        });
        file.numbers().forEach(number ->
                items.put(new Key("number", number.phoneNumber()), DirectoryForm.number(number)));
        file.trunks().forEach(trunk -> items.put(new Key("trunk", trunk.name()), DirectoryForm.trunk(trunk)));
        file.outboundTrunks().forEach(trunk -> items.put(new Key("outbound_trunk", trunk.name()), OutboundForm.write(trunk)));
        file.rules().forEach(rule -> items.put(new Key("rule", rule.name()), RuleDefinitions.write(rule)));
        return items;
    }
}
