package dev.trunkline.router.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A node of an answer together with its path, so that an error can name its place. */
record JsonPlace(String path, JsonNode node) {

    /** Returns a field; empty if it is missing or null. */
    Optional<JsonPlace> field(String name) {
        return Optional.ofNullable(node.get(name))
                .filter(value -> !value.isNull())
                .map(value -> new JsonPlace(path.isEmpty() ? name : path + "." + name, value));
    }

    JsonPlace need(String name, String whatToWrite) throws UnusableAnswerException {
        Optional<JsonPlace> value = field(name);
        if (value.isEmpty()) {
            throw wrong("has no " + name + ": " + whatToWrite);
        }
        return value.get();
    }

    List<JsonPlace> elements() throws UnusableAnswerException {
        if (!(node instanceof ArrayNode array)) {
            throw wrong("is not a list");
        }
        List<JsonPlace> places = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            places.add(new JsonPlace(path + "[" + i + "]", array.get(i)));
        }
        return places;
    }

    JsonPlace object() throws UnusableAnswerException {
        if (!node.isObject()) {
            throw wrong("is not an object");
        }
        return this;
    }

    ObjectNode objectNode() throws UnusableAnswerException {
        if (object().node() instanceof ObjectNode object) {
            return object;
        }
        throw wrong("is not an object");
    }

    /** Returns text that is not blank and has no control characters, so that it is one line everywhere. */
    String text(int longest) throws UnusableAnswerException {
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw wrong("is not a text");
        }
        String text = node.textValue().strip();
        if (text.length() > longest) {
            throw wrong("is longer than %d characters".formatted(longest));
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw wrong("has control characters");
        }
        return text;
    }

    boolean truth() throws UnusableAnswerException {
        if (!node.isBoolean()) {
            throw wrong("is neither true nor false");
        }
        return node.booleanValue();
    }

    /** Returns the names of the fields that are not among the known ones, sorted. */
    Set<String> others(Set<String> known) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        names.removeAll(known);
        return names;
    }

    UnusableAnswerException wrong(String what) {
        return new UnusableAnswerException(path, what);
    }
}
