package dev.trunkline.router.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** People annotate JSON with {@code _comment} fields. */
public final class Comments {
    private static final String COMMENT = "_comment";

    private Comments() {}

    /** Takes them out of a document, at any depth. */
    public static void drop(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(COMMENT);
        }
        node.forEach(Comments::drop);
    }
}
