package dev.trunkline.router.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RuleTerms;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a rule says from its document in Postgres. */
final class StoredTerms {
    private StoredTerms() {}

    /** @throws IllegalArgumentException with what is wrong */
    static RuleTerms read(ObjectNode definition) {
        String type = definition.path("type").asText();
        String room = definition.path(type.equals("direct") ? "room_name" : "room_prefix").asText();
        return new RuleTerms(
                texts(definition.path("numbers")),
                texts(definition.path("inbound_numbers")),
                new Destination.Room(RoomChoice.of(type, room), false),
                agents(definition.path("agents").toString()),
                definition.path("metadata").asText(),
                EventJson.MAPPER.createObjectNode(),
                false,
                Optional.empty(),
                Optional.empty(),
                answerPolicy(definition.path("answer_policy").asText()),
                definition.path("patience_seconds").intValue(),
                List.of());
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    private static AnswerPolicy answerPolicy(String code) {
        return Stream.of(AnswerPolicy.values())
                .filter(policy -> policy.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("answer policy " + code));
    }

    private static List<Agent> agents(String text) {
        try {
            return EventJson.MAPPER.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("agents that are none");
        }
    }
}
