package dev.trunkline.router.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Merges one configuration over another at any depth, like a JSON merge patch (RFC 7396): objects are merged field by
 * field, any other value replaces the previous one, and null removes a field.
 */
public final class ConfigMerge {
    /** How webhooks are asked; set by suite and organisation. */
    public static final String OF_THE_ROUTER = "webhook";

    private ConfigMerge() {}

    /** @return a new object; neither argument changes */
    public static ObjectNode merge(ObjectNode base, ObjectNode override) {
        ObjectNode merged = base.deepCopy();
        override.properties().forEach(field -> lay(merged, field.getKey(), field.getValue()));
        return merged;
    }

    /**
     * Returns the part of a configuration that calls and tenants get: without {@code webhook}, which is the router's
     * own and holds a secret.
     */
    public static ObjectNode forCalls(ObjectNode config) {
        return config.deepCopy().without(OF_THE_ROUTER);
    }

    private static void lay(ObjectNode onto, String name, JsonNode value) {
        switch (value) {
            case ObjectNode object when onto.get(name) instanceof ObjectNode below ->
                    onto.set(name, merge(below, object));
            // Merged with an empty object, so that nulls inside it remove nothing and are not kept either.
            case ObjectNode object -> onto.set(name, merge(object.objectNode(), object));
            case JsonNode nothing when nothing.isNull() -> onto.remove(name);
            default -> onto.set(name, value.deepCopy());
        }
    }
}
