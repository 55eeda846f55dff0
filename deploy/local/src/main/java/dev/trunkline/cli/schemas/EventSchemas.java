package dev.trunkline.cli.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes one JSON Schema of draft 7, which every registry understands, for each {@code ce_type} of an AsyncAPI document. The schemas accept
 * what readers of the contract must accept: fields that later versions add, and values that they add to an enum. Therefore objects stay
 * open, and an enum becomes a string whose known values are examples. A registry at the level FORWARD then accepts what the contract
 * allows, and refuses what it forbids.
 */
public final class EventSchemas {
    private static final String CONTRACT = "/dev/trunkline/events/asyncapi.yaml";
    private static final String DRAFT = "http://json-schema.org/draft-07/schema#";
    private static final String REF = "$ref";
    private static final String TYPED = "dev.trunkline.";
    /** What may stand beside a reference and be dropped: in draft 7, validators ignore everything that does. */
    private static final Set<String> ANNOTATIONS = Set.of(REF, "description", "examples", "title");

    private final JsonNode components;
    private final JsonNodeFactory json = JsonNodeFactory.instance;

    private EventSchemas(JsonNode components) {
        this.components = components;
    }

    /** Returns the schemas of the contract of this version, by type. */
    public static List<EventSchema> ofContract() {
        try (InputStream document = EventSchemas.class.getResourceAsStream(CONTRACT)) {
            return of(new YAMLMapper().readTree(document));
        } catch (IOException e) {
            throw new IllegalStateException("the contract in call-events cannot be read", e);
        }
    }

    /** @param asyncapi a contract, of this version or of another */
    public static List<EventSchema> of(JsonNode asyncapi) {
        EventSchemas schemas = new EventSchemas(asyncapi.path("components"));
        List<EventSchema> found = new ArrayList<>();
        for (JsonNode message : schemas.components.path("messages")) {
            String type = message.path("name").asText();
            if (type.startsWith(TYPED)) {
                found.add(new EventSchema(type, schemas.schema(type, message)));
            }
        }
        found.sort(Comparator.comparing(EventSchema::type));
        return List.copyOf(found);
    }

    private ObjectNode schema(String type, JsonNode message) {
        Deque<String> wanted = new ArrayDeque<>();
        ObjectNode schema = json.objectNode().put("$schema", DRAFT).put("title", type);
        schema.setAll((ObjectNode) translated(named(lastOf(message.at("/payload/$ref").asText())), wanted));
        schema.put("description", message.path("summary").asText().strip());
        Map<String, JsonNode> definitions = new TreeMap<>();
        while (!wanted.isEmpty()) {
            String name = wanted.pop();
            if (!definitions.containsKey(name)) {
                definitions.put(name, translated(named(name), wanted));
            }
        }
        if (!definitions.isEmpty()) {
            schema.putObject("definitions").setAll(definitions);
        }
        return schema;
    }

    private JsonNode named(String name) {
        JsonNode schema = components.path("schemas").path(name);
        if (!schema.isObject()) {
            throw new IllegalArgumentException("the contract has no schema " + name);
        }
        return schema;
    }

    /** @param wanted gets the names of the schemas that this one refers to */
    private JsonNode translated(JsonNode node, Deque<String> wanted) {
        return switch (node) {
            case ObjectNode reference when reference.path(REF).isTextual() -> reference(reference, wanted);
            case ObjectNode object -> {
                ObjectNode copy = json.objectNode();
                object.properties().forEach(field -> copy.set(
                        field.getKey(), field.getKey().equals("examples") ? field.getValue() : translated(field.getValue(), wanted)));
                yield copy.path("enum").isArray() ? opened(copy) : copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = json.arrayNode();
                array.forEach(item -> copy.add(translated(item, wanted)));
                yield copy;
            }
            default -> node;
        };
    }

    private ObjectNode reference(ObjectNode reference, Deque<String> wanted) {
        reference.fieldNames().forEachRemaining(word -> {
            if (!ANNOTATIONS.contains(word)) {
                throw new IllegalArgumentException("the contract has " + word + " beside a reference, which draft 7 ignores: " + reference);
            }
        });
        String name = lastOf(reference.get(REF).asText());
        wanted.add(name);
        return json.objectNode().put(REF, "#/definitions/" + name);
    }

    private ObjectNode opened(ObjectNode schema) {
        JsonNode values = schema.remove("enum");
        String description = schema.path("description").asText().strip();
        schema.set("description", TextNode.valueOf(
                (description.isEmpty() ? "" : description + " ") + "Later versions may have more values than the examples."));
        schema.set("examples", values);
        return schema;
    }

    private static String lastOf(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
