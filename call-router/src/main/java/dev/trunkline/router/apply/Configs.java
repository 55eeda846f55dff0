package dev.trunkline.router.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.directory.RoomLimits;
import dev.trunkline.router.fields.Fields;

/** A configuration that agents get, as a person writes it. */
public final class Configs {
    private Configs() {}

    /** Empty where the field is not there; with a fault where it is no object, or longer than a room takes. */
    public static ObjectNode read(Fields fields, String field) {
        ObjectNode config = fields.json(field);
        RoomLimits.config(config).ifPresent(text -> fields.fault(field, text));
        return config;
    }
}
