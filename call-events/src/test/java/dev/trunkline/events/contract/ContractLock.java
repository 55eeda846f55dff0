package dev.trunkline.events.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.codec.EventJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The published contract, and the changes that are not allowed.
 *
 * @param messages {@code ce_type} to the schema of its data
 * @param schemas each object's fields
 * @param enums each enum's values
 */
record ContractLock(
        Map<String, String> messages, Map<String, Map<String, Field>> schemas, Map<String, List<String>> enums) {

    /** @param type {@code string}, {@code integer:int32}, {@code array of Agent}, or the name of a schema */
    record Field(String type, boolean required) {}

    static ContractLock of(AsyncApi api) {
        Map<String, Map<String, Field>> schemas = new TreeMap<>();
        Map<String, List<String>> enums = new TreeMap<>();
        api.schemas().properties().forEach(schema -> {
            if (schema.getValue().has("enum")) {
                List<String> values = new ArrayList<>();
                schema.getValue().get("enum").forEach(value -> values.add(value.asText()));
                enums.put(schema.getKey(), values);
            } else if (schema.getValue().has("properties")) {
                schemas.put(schema.getKey(), fields(schema.getValue()));
            }
        });
        return new ContractLock(new TreeMap<>(api.schemaOfType()), schemas, enums);
    }

    private static Map<String, Field> fields(JsonNode schema) {
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        Map<String, Field> fields = new TreeMap<>();
        schema.path("properties").properties().forEach(property -> fields.put(
                property.getKey(), new Field(typeOf(property.getValue()), required.contains(property.getKey()))));
        return fields;
    }

    private static String typeOf(JsonNode property) {
        if (property.has("$ref")) {
            return AsyncApi.lastOf(property.get("$ref").asText());
        }
        String type = property.path("type").asText();
        if (type.equals("array")) {
            return "array of " + typeOf(property.path("items"));
        }
        return property.has("format") ? type + ":" + property.get("format").asText() : type;
    }

    JsonNode toJson() {
        return EventJson.MAPPER.valueToTree(this);
    }

    static ContractLock parse(JsonNode json) {
        return EventJson.MAPPER.convertValue(json, ContractLock.class);
    }

    /**
     * Returns the changes that would break a reader of this contract, or a new reader of messages that are already on the
     * topics.
     */
    List<String> brokenBy(ContractLock next) {
        List<String> faults = new ArrayList<>();
        messages.forEach((type, schema) -> {
            if (!schema.equals(next.messages.get(type))) {
                faults.add("%s is gone or has other data. Keep it, and add a message whose ce_type ends in the next version."
                        .formatted(type));
            }
        });
        schemas.forEach((name, fields) -> {
            Map<String, Field> now = next.schemas.getOrDefault(name, Map.of());
            fields.forEach((field, was) -> compare(name + "." + field, was, now.get(field), faults));
            now.forEach((field, is) -> {
                if (!fields.containsKey(field) && is.required()) {
                    faults.add("%s.%s is new and required, but messages that are on the topic do not have it. Make it optional."
                            .formatted(name, field));
                }
            });
        });
        enums.forEach((name, values) -> {
            List<String> gone = new ArrayList<>(values);
            gone.removeAll(next.enums.getOrDefault(name, List.of()));
            gone.forEach(value -> faults.add(
                    "%s has lost the value %s. Keep it, even if nobody sends it any more.".formatted(name, value)));
        });
        return faults;
    }

    private static void compare(String field, Field was, Field is, List<String> faults) {
        if (is == null) {
            faults.add("%s is gone. Keep it; to rename a field, add the new one beside it and send both.".formatted(field));
        } else if (!is.type().equals(was.type())) {
            faults.add("%s was %s and is %s. Keep its type, and add a field of the new type beside it."
                    .formatted(field, was.type(), is.type()));
        } else if (is.required() && !was.required()) {
            faults.add("%s was optional and is required, but messages without it are on the topic. Leave it optional."
                    .formatted(field));
        } else if (!is.required() && was.required()) {
            faults.add("%s was required and is optional, but readers count on it. Go on sending it.".formatted(field));
        }
    }
}
