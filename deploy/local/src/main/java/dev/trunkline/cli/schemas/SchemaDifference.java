package dev.trunkline.cli.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where two schemas differ, apart from what is written for people. It says so where a registry refuses a schema without a reason, as
 * Apicurio does.
 */
final class SchemaDifference {
    private static final Set<String> FOR_PEOPLE = Set.of("title", "description", "examples", "$schema", "$id");
    /** What a registry returns has no limit of its own. */
    private static final int DEEPEST = 64;
    private static final int MOST = 10;
    private static final int LONGEST = 60;

    private final List<String> found = new ArrayList<>();

    private SchemaDifference() {}

    /** Returns at most ten places, as JSON pointers with what has become of them. */
    static List<String> between(JsonNode registered, JsonNode ours) {
        SchemaDifference difference = new SchemaDifference();
        difference.compare("", registered, ours, 0);
        return difference.found.stream().limit(MOST).toList();
    }

    private void compare(String place, JsonNode registered, JsonNode ours, int depth) {
        if (found.size() >= MOST || registered.equals(ours)) {
            return;
        }
        if (registered instanceof ObjectNode before && ours instanceof ObjectNode now && depth < DEEPEST) {
            Set<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            now.fieldNames().forEachRemaining(names::add);
            // A field of an event may be called "description": there, the value is a schema and no text.
            names.removeIf(name -> FOR_PEOPLE.contains(name) && !before.path(name).isObject() && !now.path(name).isObject());
            if (place.equals("/definitions")) {
                // What refers to a definition that only one of them has differs itself.
                names.removeIf(name -> !before.has(name) || !now.has(name));
            }
            names.forEach(name -> compare(place + "/" + shortened(name), before.path(name), now.path(name), depth + 1));
        } else if (place.endsWith("/required") && registered.isArray() && ours.isArray()) {
            without(registered, ours).forEach(name -> found.add(place + " has lost " + name));
            without(ours, registered).forEach(name -> found.add(place + " has gained " + name));
        } else if (registered.isMissingNode()) {
            found.add(place + " is new");
        } else if (ours.isMissingNode()) {
            found.add(place + " is gone");
        } else {
            found.add("%s is %s, was %s".formatted(place.isEmpty() ? "/" : place, shortened(ours.toString()), shortened(registered.toString())));
        }
    }

    private static List<String> without(JsonNode some, JsonNode others) {
        List<String> names = new ArrayList<>();
        for (Iterator<JsonNode> left = some.elements(); left.hasNext() && names.size() < MOST; ) {
            JsonNode name = left.next();
            if (others.valueStream().noneMatch(name::equals)) {
                names.add(shortened(name.asText()));
            }
        }
        return names;
    }

    private static String shortened(String text) {
        String plain = RegistryAnswer.plain(text);
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }
}
