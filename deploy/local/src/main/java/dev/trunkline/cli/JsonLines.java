package dev.trunkline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.codec.EventTypes;

/** The output of {@code --json}: one object per line, with the names of the contract (asyncapi.yaml). */
public final class JsonLines {
    private JsonLines() {}

    /** Returns an event with the attributes of its CloudEvent. */
    public static String of(Envelope envelope) {
        ObjectNode line = JsonNodeFactory.instance.objectNode()
                .put("id", envelope.id().toString())
                .put("type", EventTypes.nameOf(envelope.record().getClass()))
                .put("source", envelope.source())
                .put("time", envelope.time().toString());
        line.set("data", EventJson.MAPPER.valueToTree(envelope.record()));
        return line.toString();
    }

    /** Returns a value of the contract. */
    public static String of(Object value) {
        try {
            return EventJson.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON for " + value.getClass().getSimpleName(), e);
        }
    }
}
