package dev.trunkline.router.livekit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.fields.Fault;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A LiveKit file in Trunkline's own form.
 *
 * @param file a directory file with {@code trunks} and {@code rules}
 * @param places the place of each of its items in the file that was read: {@code rules[0]} is {@code dispatch_rule}
 * @param warnings what differs here, with the path of the field in the file that was read: every omission has one
 */
public record Translation(ObjectNode file, Map<String, String> places, List<Fault> warnings) {
    private static final Pattern ITEM = Pattern.compile("((?:trunks|outbound_trunks|rules)\\[[0-9]+])\\.?(.*)");
    /** Fields for which LiveKit has another name. */
    private static final Map<String, String> FIELDS = Map.of("addresses", "allowed_addresses", "trunks", "trunk_ids");

    public Translation {
        places = Map.copyOf(places);
        warnings = List.copyOf(warnings);
    }

    /** Returns a fault that was found in our form, at its place in the file that was read. */
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
