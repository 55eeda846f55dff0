package dev.trunkline.router.livekit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One object of a file, read by protobuf's JSON mapping: a field has its name in snake_case or in camelCase,
 * {@code null} counts as absent, an enum is its name or its number. Fields that are not read are faults: a misspelt
 * gate must not leave the trunk open.
 */
final class Message {
    private final ObjectNode object;
    private final String path;
    private final Remarks remarks;
    private final Set<String> asked = new LinkedHashSet<>();

    Message(JsonNode node, String path, Remarks remarks) {
        this.path = path;
        this.remarks = remarks;
        if (node instanceof ObjectNode given) {
            this.object = given;
        } else {
            this.object = JsonNodeFactory.instance.objectNode();
            remarks.fault(path, "write an object here, with fields");
        }
    }

    String path() {
        return path;
    }

    /** Returns the path of a field, by the name that it has in the file. */
    String path(String field) {
        String written = object.has(camelCase(field)) ? camelCase(field) : field;
        return path.isEmpty() ? written : path + "." + written;
    }

    void fault(String field, String problem) {
        remarks.fault(path(field), problem);
    }

    void warn(String field, String text) {
        remarks.warn(path(field), text);
    }

    boolean has(String field) {
        return node(field).isPresent();
    }

    /** Returns a text; empty for an absent field. */
    String text(String field) {
        return node(field).flatMap(node -> asText(path(field), node)).orElse("");
    }

    /** Returns a text unchanged, or an object as its JSON. */
    String textOrJson(String field) {
        return node(field)
                .flatMap(node -> node.isContainerNode() ? Optional.of(node.toString()) : asText(path(field), node))
                .orElse("");
    }

    boolean bool(String field) {
        Optional<JsonNode> node = node(field);
        if (node.filter(given -> !given.isBoolean()).isPresent()) {
            fault(field, "write true or false");
        }
        return node.filter(JsonNode::isBoolean).map(JsonNode::booleanValue).orElse(false);
    }

    /** Returns the number of an enum's constant, 0 if the field is absent. */
    int constant(String field, List<String> names) {
        Optional<JsonNode> node = node(field);
        if (node.isEmpty()) {
            return 0;
        }
        int number = node.get().isIntegralNumber() ? node.get().intValue() : names.indexOf(node.get().asText());
        if (number < 0 || number >= names.size()) {
            fault(field, "write " + String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast());
            return 0;
        }
        return number;
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        List<JsonNode> items = items(field);
        for (int i = 0; i < items.size(); i++) {
            asText(path(field) + "[" + i + "]", items.get(i)).ifPresent(texts::add);
        }
        return texts;
    }

    /** Returns a map from texts to texts, in the file's order. */
    Map<String, String> pairs(String field) {
        Map<String, String> pairs = new LinkedHashMap<>();
        Optional<JsonNode> node = node(field);
        if (node.filter(given -> !given.isObject()).isPresent()) {
            fault(field, "write an object whose values are texts");
        }
        node.stream().flatMap(JsonNode::propertyStream).forEach(pair ->
                asText(path(field) + "." + pair.getKey(), pair.getValue()).ifPresent(text -> pairs.put(pair.getKey(), text)));
        return pairs;
    }

    Optional<Message> message(String field) {
        return node(field).map(node -> new Message(node, path(field), remarks));
    }

    List<Message> messages(String field) {
        List<Message> messages = new ArrayList<>();
        List<JsonNode> items = items(field);
        for (int i = 0; i < items.size(); i++) {
            messages.add(new Message(items.get(i), path(field) + "[" + i + "]", remarks));
        }
        return messages;
    }

    /** Warns if the field has anything but its default. */
    void notCarried(String field, String why) {
        if (node(field).filter(node -> !isDefault(node)).isPresent()) {
            warn(field, why);
        }
    }

    /** Ignores fields that only LiveKit writes: ids and times. */
    void passOver(String... fields) {
        asked.addAll(List.of(fields));
    }

    /** Reports the fields that were not read; to be called when everything was read. */
    void nothingElse() {
        unread().forEach(name -> remarks.fault(
                path.isEmpty() ? name : path + "." + name,
                "is not known here: the fields are " + String.join(", ", asked)));
    }

    /** Returns the fields that were not read yet, as written. */
    List<String> unread() {
        return object.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !asked.contains(name) && asked.stream().noneMatch(field -> camelCase(field).equals(name)))
                .toList();
    }

    private Optional<JsonNode> node(String field) {
        boolean first = asked.add(field);
        String other = camelCase(field);
        if (first && !other.equals(field) && object.has(field) && object.has(other)) {
            fault(field, "stands twice, as %s and as %s: remove one".formatted(field, other));
        }
        JsonNode node = object.has(other) ? object.get(other) : object.path(field);
        return Optional.of(node).filter(given -> !given.isNull() && !given.isMissingNode());
    }

    private List<JsonNode> items(String field) {
        Optional<JsonNode> node = node(field);
        if (node.filter(given -> !given.isArray()).isPresent()) {
            fault(field, "write a list");
        }
        return node.filter(JsonNode::isArray).map(array -> array.valueStream().toList()).orElse(List.of());
    }

    private Optional<String> asText(String at, JsonNode node) {
        if (node.isTextual()) {
            return Optional.of(node.textValue().strip());
        }
        remarks.fault(at, node.isNumber() ? "is a number here and must be a text: put it in quotes" : "write a text");
        return Optional.empty();
    }

    private static boolean isDefault(JsonNode node) {
        return switch (node.getNodeType()) {
            case BOOLEAN -> !node.booleanValue();
            case NUMBER -> node.doubleValue() == 0;
            case STRING -> node.textValue().isEmpty() || node.textValue().matches("0*(\\.0*)?s?");
            case OBJECT, ARRAY -> node.valueStream().allMatch(Message::isDefault);
            default -> true;
        };
    }

    static String camelCase(String field) {
        StringBuilder name = new StringBuilder();
        for (String word : field.split("_")) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }
}
