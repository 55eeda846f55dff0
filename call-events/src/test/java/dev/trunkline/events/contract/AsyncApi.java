package dev.trunkline.events.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code asyncapi.yaml} as its readers see it. */
record AsyncApi(JsonNode document) {

    static AsyncApi read() {
        return read(Path.of("asyncapi.yaml"));
    }

    static AsyncApi read(Path file) {
        try {
            return new AsyncApi(new YAMLMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    /** Returns the names of the messages on each topic. */
    Map<String, Set<String>> messagesOfTopics() {
        return document.path("channels").valueStream().collect(Collectors.toMap(
                channel -> channel.path("address").asText(),
                channel -> channel.path("messages").valueStream()
                        .map(message -> lastOf(message.path("$ref").asText()))
                        .collect(Collectors.toSet())));
    }

    JsonNode schemas() {
        return document.at("/components/schemas");
    }

    JsonNode schema(String name) {
        JsonNode schema = schemas().path(name);
        if (schema.isMissingNode()) {
            throw new AssertionError("asyncapi.yaml has no schema " + name);
        }
        return schema;
    }

    /** Returns the name of each message's schema in the document, by its {@code ce_type}. */
    Map<String, String> schemaOfType() {
        return document.at("/components/messages").properties().stream()
                .filter(message -> message.getValue().path("name").asText().startsWith("dev.trunkline."))
                .collect(Collectors.toMap(
                        message -> message.getValue().path("name").asText(),
                        message -> lastOf(message.getValue().at("/payload/$ref").asText())));
    }

    /** Returns the schema of a message's headers. */
    JsonNode headersOf(String ceType) {
        return document.at("/components/messages").properties().stream()
                .map(Map.Entry::getValue)
                .filter(message -> message.path("name").asText().equals(ceType))
                .map(message -> message.path("headers"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("asyncapi.yaml has no message " + ceType));
    }

    List<String> faults(JsonNode schema, JsonNode value) {
        ObjectNode root = schema.deepCopy();
        root.set("components", document.path("components"));
        JsonSchema compiled = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(root, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
        return compiled.validate(value).stream().map(Object::toString).toList();
    }

    static String lastOf(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
