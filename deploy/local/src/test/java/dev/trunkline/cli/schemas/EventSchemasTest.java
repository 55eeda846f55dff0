package dev.trunkline.cli.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.codec.EventTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventSchemasTest {
    private static final Path GOLDEN = Path.of("../../call-events/src/test/resources/golden");
    private static final String ENDED = "dev.trunkline.call.ended.v1";
    private static final JsonSchemaFactory DRAFT_7 = JsonSchemaFactory.getInstance(VersionFlag.V7);
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private static final Map<String, EventSchema> SCHEMAS =
            EventSchemas.ofContract().stream().collect(Collectors.toMap(EventSchema::type, Function.identity()));

    static Stream<EventSchema> schemas() {
        return EventSchemas.ofContract().stream();
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.filter(file -> file.getFileName().toString().startsWith("dev.trunkline.")).sorted().toList().stream();
        }
    }

    @Test
    void everyTypeThatServicesPublishHasOne() {
        assertThat(SCHEMAS.keySet()).containsExactlyInAnyOrderElementsOf(EventTypes.all().values());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void eachIsADraftSevenSchemaThatRefersToNothingOutside(EventSchema schema) {
        JsonSchema draft = DRAFT_7.getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"), CONFIG);

        assertThat(draft.validate(schema.json())).isEmpty();
        assertThat(schema.json().path("title").asText()).isEqualTo(schema.subject()).isEqualTo(schema.type());
        assertThat(schema.json().path("description").asText()).isNotBlank();
        assertThat(schema.json().findValues("$ref")).allSatisfy(reference -> {
            assertThat(reference.asText()).startsWith("#/definitions/");
            assertThat(schema.json().at(reference.asText().substring(1)).isObject()).as(reference.asText()).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleOfTheContractFits(Path file) throws IOException {
        JsonNode example = EventJson.MAPPER.readTree(file.toFile());

        assertThat(faults(SCHEMAS.get(example.at("/headers/ce_type").asText()), example.path("data"))).isEmpty();
    }

    @Test
    void fieldsAndReasonsOfLaterVersionsFit() throws IOException {
        ObjectNode data = ended().put("addedLater", 7).put("reason", "abducted");
        data.withObject("/summary").put("addedLater", true);

        assertThat(faults(SCHEMAS.get(ENDED), data)).isEmpty();
    }

    @Test
    void whatTheContractForbidsDoesNotFit() throws IOException {
        assertThat(faults(SCHEMAS.get(ENDED), ended().put("durationMillis", "long"))).isNotEmpty();
        assertThat(faults(SCHEMAS.get(ENDED), ended().put("reason", 1))).isNotEmpty();
        assertThat(faults(SCHEMAS.get(ENDED), (ObjectNode) ended().without("callId"))).isNotEmpty();
        ObjectNode nested = ended();
        nested.withObject("/summary").put("talkMillis", "long");
        assertThat(faults(SCHEMAS.get(ENDED), nested)).isNotEmpty();
    }

    @Test
    void anEnumBecomesAStringThatNamesItsKnownValues() {
        JsonNode reason = SCHEMAS.get(ENDED).json().at("/definitions/EndReason");

        assertThat(reason.path("type").asText()).isEqualTo("string");
        assertThat(reason.path("examples").valueStream().map(JsonNode::asText)).contains("caller-hung-up", "shutdown");
        assertThat(reason.path("description").asText())
                .contains("the caller sent BYE").endsWith("Later versions may have more values than the examples.");
        assertThat(schemas()).noneSatisfy(schema -> assertThat(schema.json().findValues("enum")).isNotEmpty());
    }

    @Test
    void theSameContractGivesTheSameText() {
        assertThat(EventSchemas.ofContract().stream().map(schema -> schema.json().toString()))
                .isEqualTo(EventSchemas.ofContract().stream().map(schema -> schema.json().toString()).toList());
    }

    @Test
    void aConstraintThatDraftSevenWouldIgnoreIsRefused() throws IOException {
        JsonNode document = document();
        ((ObjectNode) document.at("/components/schemas/CallEnded/properties/reason")).put("minLength", 3);

        assertThatThrownBy(() -> EventSchemas.of(document)).hasMessageContaining("minLength beside a reference");
    }

    @Test
    void aReferenceToNothingIsRefused() throws IOException {
        JsonNode document = document();
        ((ObjectNode) document.at("/components/schemas")).remove("EndReason");

        assertThatThrownBy(() -> EventSchemas.of(document)).hasMessageContaining("no schema EndReason");
    }

    private static JsonNode document() throws IOException {
        return new YAMLMapper().readTree(Path.of("../../call-events/asyncapi.yaml").toFile());
    }

    private static ObjectNode ended() throws IOException {
        return (ObjectNode) EventJson.MAPPER.readTree(GOLDEN.resolve(ENDED + ".json").toFile()).path("data");
    }

    private static List<String> faults(EventSchema schema, JsonNode data) {
        return DRAFT_7.getSchema(schema.json(), CONFIG).validate(data).stream().map(Object::toString).toList();
    }
}
