package dev.trunkline.router.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Lays one configuration over another, at any depth, as a JSON merge patch does (RFC 7396): objects are merged field
 * by field, anything else replaces what was there, and null takes a field away.
 */
public final class ConfigMerge {
    /** How webhooks are asked; suite and organisation say it. */
    public static final String OF_THE_ROUTER = "webhook";

    private ConfigMerge() {}

    /** @return a new object; neither argument changes */
    public static ObjectNode merge(ObjectNode base, ObjectNode override) {
        ObjectNode merged = base.deepCopy();
        override.properties().forEach(field -> lay(merged, field.getKey(), field.getValue()));
        return merged;
    }

    /** What of a configuration reaches calls and tenants: not {@code webhook}, which is the router's own and holds a secret. */
    public static ObjectNode forCalls(ObjectNode config) {
        return config.deepCopy().without(OF_THE_ROUTER);
    }

    private static void lay(ObjectNode onto, String name, JsonNode value) {
        switch (value) {
            case ObjectNode object when onto.get(name) instanceof ObjectNode below ->
                    onto.set(name, merge(below, object));
            // Merged with nothing, so that nulls inside it take nothing away and do not stay either.
            case ObjectNode object -> onto.set(name, merge(object.objectNode(), object));
            case JsonNode nothing when nothing.isNull() -> onto.remove(name);
            default -> onto.set(name, value.deepCopy());
        }
    }
}
