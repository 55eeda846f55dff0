package dev.trunkline.router.livekit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.fields.Fault;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file of LiveKit's is in our own form.
 *
 * @param file a directory file with {@code trunks} and {@code rules}
 * @param places where each of its items stands in the file that was read: {@code rules[0]} is {@code dispatch_rule}
 * @param warnings what is not the same here, with the path of the field in the file that was read: nothing is left out
 *     without one
 */
public record Translation(ObjectNode file, Map<String, String> places, List<Fault> warnings) {
    private static final Pattern ITEM = Pattern.compile("((?:trunks|outbound_trunks|rules)\\[[0-9]+])\\.?(.*)");
    /** Fields that LiveKit calls otherwise. */
    private static final Map<String, String> FIELDS = Map.of("addresses", "allowed_addresses", "trunks", "trunk_ids");

    public Translation {
        places = Map.copyOf(places);
        warnings = List.copyOf(warnings);
    }

    /** Something that was found in our form, at its place in the file that was read. */
    public Fault placed(Fault fault) {
        Matcher item = ITEM.matcher(fault.path());
        if (!item.matches() || !places.containsKey(item.group(1))) {
            return fault;
        }
        String place = places.get(item.group(1));
        String field = item.group(2);
        String name = field.replaceFirst("\\[.*", "");
        String theirs = FIELDS.getOrDefault(name, name) + field.substring(name.length());
        return new Fault(place.isEmpty() || theirs.isEmpty() ? place + theirs : place + "." + theirs, fault.problem());
    }
}
