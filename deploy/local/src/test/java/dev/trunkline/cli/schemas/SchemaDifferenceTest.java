package dev.trunkline.cli.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchemaDifferenceTest {

    private static List<String> between(String registered, String ours) throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        JsonNode before = json.readTree(registered.replace('\'', '"'));
        return SchemaDifference.between(before, json.readTree(ours.replace('\'', '"')));
    }

    @Test
    void typesFieldsAndWhatIsRequired() throws Exception {
        assertThat(between(
                        "{'properties': {'a': {'type': 'string'}, 'b': {'type': 'string'}}, 'required': ['a', 'b']}",
                        "{'properties': {'a': {'type': 'integer'}, 'c': {'type': 'string'}}, 'required': ['a', 'c']}"))
                .containsExactly(
                        "/properties/a/type is \"integer\", was \"string\"", "/properties/b is gone", "/properties/c is new",
                        "/required has lost b", "/required has gained c");
    }

    @Test
    void whatIsWrittenForPeopleIsNone() throws Exception {
        assertThat(between("{'description': 'old', 'type': 'string', 'examples': ['a']}", "{'type': 'string', 'title': 't'}")).isEmpty();
    }

    @Test
    void aDefinitionThatIsNewIsShownWhereItIsReferredTo() throws Exception {
        assertThat(between(
                        "{'definitions': {'A': {'type': 'string'}}}",
                        "{'definitions': {'A': {'type': 'number'}, 'B': {'type': 'string'}}, 'properties': {'b': {'$ref': '#/definitions/B'}}}"))
                .containsExactly(
                        "/definitions/A/type is \"number\", was \"string\"", "/properties is new");
    }

    @Test
    void aFieldThatIsCalledDescriptionIsOne() throws Exception {
        assertThat(between("{'properties': {'description': {'type': 'string'}}}", "{'properties': {'description': {'type': 'object'}}}"))
                .containsExactly("/properties/description/type is \"object\", was \"string\"");
    }

    @Test
    void aHostileAnswerIsCutShort() throws Exception {
        String deep = "{'a':".repeat(500) + "1" + "}".repeat(500);
        String wide = IntStream.range(0, 1_000).mapToObj(i -> "'f%d': 1".formatted(i)).collect(Collectors.joining(",", "{", "}"));

        assertThat(between(deep, deep.replace('1', '2'))).singleElement().asString().hasSizeLessThan(400);
        assertThat(between(wide, "{}")).hasSize(10);
        assertThat(between("{'type': '\\u001b[31m" + "x".repeat(10_000) + "'}", "{'type': 'string'}")).singleElement().asString()
                .hasSizeLessThan(200).doesNotContain("\u001b");
        assertThat(between("[]", "{}")).containsExactly("/ is {}, was []");
    }
}
