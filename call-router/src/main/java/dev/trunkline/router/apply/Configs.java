package dev.trunkline.router.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.directory.RoomLimits;
import dev.trunkline.router.fields.Fields;

/** A configuration that agents get, as a person writes it. */
public final class Configs {
    private Configs() {}

    /** Reads a configuration; empty if the field is missing, with a fault if it is not an object, or longer than a room accepts. */
    public static ObjectNode read(Fields fields, String field) {
        ObjectNode config = fields.json(field);
        RoomLimits.config(config).ifPresent(text -> fields.fault(field, text));
        return config;
    }
}
