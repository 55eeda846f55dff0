package dev.trunkline.router.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code _comment} fields, with which people annotate JSON. */
public final class Comments {
    private static final String COMMENT = "_comment";

    private Comments() {}

    /** Removes them from a document, at any depth. */
    public static void drop(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(COMMENT);
        }
        node.forEach(Comments::drop);
    }
}
