package dev.trunkline.cli.schemas;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of the data of one kind of event, which refers to nothing outside itself.
 *
 * @param type {@code ce_type} of the records that it describes, with their version: {@code dev.trunkline.call.ended.v1}
 */
public record EventSchema(String type, ObjectNode json) {

    /**
     * Returns the name under which a registry has it: the type. That is RecordNameStrategy of Confluent's serializers, for which the name
     * of a JSON Schema is its title.
     */
    public String subject() {
        return type;
    }
}
