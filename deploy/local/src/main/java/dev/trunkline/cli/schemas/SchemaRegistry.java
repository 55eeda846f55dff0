package dev.trunkline.cli.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.cli.schemas.Verdict.First;
import dev.trunkline.cli.schemas.Verdict.Next;
import dev.trunkline.cli.schemas.Verdict.Present;
import dev.trunkline.cli.schemas.Verdict.Refused;
import dev.trunkline.cli.schemas.Verdict.Registered;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the command asks of a registry, by that part of Confluent's REST API which Confluent Schema Registry, Apicurio and Karapace share.
 * Every method throws an IOException with a message for people if the registry cannot be asked.
 */
final class SchemaRegistry {
    private static final int NO_SUBJECT = 40401;
    private static final int NO_VERSION = 40402;
    private static final int NO_SUCH_SCHEMA = 40403;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int MOST_REASONS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryClient client;

    SchemaRegistry(RegistryClient client) {
        this.client = client;
    }

    /** Sets the compatibility level of a subject, which need not exist yet. */
    void setLevel(EventSchema schema, Level level) throws IOException, InterruptedException {
        RegistryAnswer answer = client.put(
                "config/" + encoded(schema), JsonNodeFactory.instance.objectNode().put("compatibility", level.name()));
        if (!answer.good()) {
            throw client.problem(answer);
        }
    }

    /** Returns what would happen to a schema, and changes nothing. */
    Verdict judge(EventSchema schema) throws IOException, InterruptedException {
        RegistryAnswer answer = client.post("subjects/" + encoded(schema), body(schema));
        if (answer.good() && answer.json().path("version").isInt()) {
            return new Present(answer.json().path("version").asInt());
        }
        return switch (answer.code()) {
            case NO_SUBJECT -> new First();
            case NO_SUCH_SCHEMA -> compared(schema);
            default -> throw client.problem(answer);
        };
    }

    private Verdict compared(EventSchema schema) throws IOException, InterruptedException {
        RegistryAnswer answer =
                client.post("compatibility/subjects/" + encoded(schema) + "/versions/latest?verbose=true", body(schema));
        if (answer.code() == NO_SUBJECT || answer.code() == NO_VERSION) {
            return new First();
        }
        if (answer.status() == UNPROCESSABLE) {
            return new Refused(List.of(answer.message()));
        }
        JsonNode compatible = answer.json().path("is_compatible");
        if (!answer.good() || !compatible.isBoolean()) {
            throw client.problem(answer);
        }
        return compatible.booleanValue() ? new Next() : new Refused(reasons(schema, answer.json().path("messages")));
    }

    private List<String> reasons(EventSchema schema, JsonNode messages) throws IOException, InterruptedException {
        List<String> given = messages.valueStream().limit(MOST_REASONS).map(message -> RegistryAnswer.plain(message.asText())).toList();
        if (!given.isEmpty()) {
            return given;
        }
        RegistryAnswer latest = client.get("subjects/" + encoded(schema) + "/versions/latest");
        if (!latest.good()) {
            throw client.problem(latest);
        }
        int version = latest.json().path("version").asInt();
        List<String> differences = differences(latest.json().path("schema").asText(), schema);
        return differences.isEmpty()
                ? List.of("incompatible with version " + version + "; the registry gives no reason")
                : differences.stream().map(difference -> "compared with version " + version + ", " + difference).toList();
    }

    private static List<String> differences(String registered, EventSchema schema) {
        try {
            return SchemaDifference.between(JSON.readTree(registered), schema.json());
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    /** Registers a schema. A registry that has it already makes no new version. */
    Verdict register(EventSchema schema) throws IOException, InterruptedException {
        RegistryAnswer answer = client.post("subjects/" + encoded(schema) + "/versions", body(schema));
        if (answer.status() == CONFLICT || answer.status() == UNPROCESSABLE) {
            return new Refused(List.of(answer.message()));
        }
        if (!answer.good() || !answer.json().path("id").isInt()) {
            throw client.problem(answer);
        }
        return judge(schema) instanceof Present(int version)
                ? new Registered(version)
                : new Refused(List.of("the registry accepted the schema and does not find it now"));
    }

    private static ObjectNode body(EventSchema schema) {
        return JsonNodeFactory.instance.objectNode().put("schemaType", "JSON").put("schema", schema.json().toString());
    }

    private static String encoded(EventSchema schema) {
        return URLEncoder.encode(schema.subject(), StandardCharsets.UTF_8);
    }
}
