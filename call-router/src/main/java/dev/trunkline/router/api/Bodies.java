package dev.trunkline.router.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.problem.Refused;
import java.io.IOException;

/** Reads the bodies of requests. */
public final class Bodies {
    private Bodies() {}

    /** @throws Refused if the body is not a JSON object */
    public static ObjectNode object(byte[] body) {
        try {
            if (EventJson.MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // As wrong as a body that is not an object.
        }
        throw Refused.malformed("Write a JSON object.");
    }
}
