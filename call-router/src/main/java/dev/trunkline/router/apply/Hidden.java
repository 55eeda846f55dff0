package dev.trunkline.router.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;

/** Keeps secrets out of reports, which people paste where others read them. */
final class Hidden {
    private static final Set<String> SECRETS = Set.of("ha1_md5", "ha1_sha256", "secret", "pin");
    private static final TextNode STARS = TextNode.valueOf("***");

    private Hidden() {}

    /** A value as it may be shown. */
    static JsonNode in(String field, JsonNode value) {
        if (SECRETS.contains(field)) {
            return STARS;
        }
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode shown = object.objectNode();
                object.properties().forEach(inside ->
                        shown.set(inside.getKey(), in(inside.getKey(), inside.getValue())));
                yield shown;
            }
            case ArrayNode array -> {
                ArrayNode shown = array.arrayNode();
                array.forEach(inside -> shown.add(in(field, inside)));
                yield shown;
            }
            default -> value;
        };
    }
}
