package dev.trunkline.router.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The fields of one object that an operator or a tenant wrote. Faults are collected with the path of the field, and
 * reading continues with the default, so that one answer names all of them.
 */
public final class Fields {
    private final JsonNode object;
    private final String path;
    private final List<Fault> faults;
    private final Set<String> known = new LinkedHashSet<>();

    public Fields(JsonNode object, String path, List<Fault> faults) {
        this.path = path;
        this.faults = faults;
        this.object = object.isObject() ? object : JsonNodeFactory.instance.objectNode();
        if (!object.isObject()) {
            faults.add(new Fault(path, "write an object here, with fields"));
        }
    }

    /** @param field empty for the object itself */
    public String path(String field) {
        return path.isEmpty() || field.isEmpty() ? path + field : path + "." + field;
    }

    public void fault(String field, String problem) {
        faults.add(new Fault(path(field), problem));
    }

    /** Reads a required text. */
    public String text(String field, String whatToWrite) {
        Optional<String> text = optionalText(field);
        if (text.filter(given -> !given.isBlank()).isEmpty()) {
            fault(field, "is missing: write " + whatToWrite);
        }
        return text.orElse("");
    }

    public Optional<String> optionalText(String field) {
        return node(field).flatMap(node -> asText(path(field), node));
    }

    /** Reads true or false, also in the words that people write in YAML: yes, no, on, off. */
    public boolean bool(String field, boolean otherwise) {
        Optional<JsonNode> node = node(field);
        Optional<Boolean> said = node.flatMap(Fields::bool);
        if (node.isPresent() && said.isEmpty()) {
            fault(field, "write true or false");
        }
        return said.orElse(otherwise);
    }

    private static Optional<Boolean> bool(JsonNode node) {
        if (node.isBoolean()) {
            return Optional.of(node.booleanValue());
        }
        return switch (node.isTextual() ? node.textValue().toLowerCase(Locale.ROOT) : "") {
            case "yes", "on" -> Optional.of(true);
            case "no", "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    public OptionalInt integer(String field, int least, int most) {
        Optional<JsonNode> node = node(field);
        if (node.isEmpty()) {
            return OptionalInt.empty();
        }
        boolean fits = node.get().isIntegralNumber()
                && node.get().canConvertToInt()
                && node.get().intValue() >= least
                && node.get().intValue() <= most;
        if (!fits) {
            fault(field, "write a whole number from %d to %d".formatted(least, most));
            return OptionalInt.empty();
        }
        return OptionalInt.of(node.get().intValue());
    }

    public ObjectNode json(String field) {
        Optional<JsonNode> node = node(field);
        if (node.isPresent() && !node.get().isObject()) {
            fault(field, "write an object, for example {\"language\": \"en\"}");
        }
        return node.filter(JsonNode::isObject)
                .map(ObjectNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    /** Reads a text unchanged, or an object as its JSON. */
    public String textOrJson(String field) {
        return node(field)
                .flatMap(node -> node.isObject() || node.isArray()
                        ? Optional.of(node.toString())
                        : asText(path(field), node))
                .orElse("");
    }

    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        List<JsonNode> items = items(field);
        for (int i = 0; i < items.size(); i++) {
            asText(path(field) + "[" + i + "]", items.get(i)).ifPresent(texts::add);
        }
        return texts;
    }

    public List<Fields> objects(String field) {
        List<Fields> objects = new ArrayList<>();
        List<JsonNode> items = items(field);
        for (int i = 0; i < items.size(); i++) {
            objects.add(new Fields(items.get(i), path(field) + "[" + i + "]", faults));
        }
        return objects;
    }

    public Optional<Fields> object(String field) {
        return node(field).map(node -> new Fields(node, path(field), faults));
    }

    /** Returns the contents of a field that may be of several kinds; empty if there are none. */
    public Optional<Place> place(String field) {
        return node(field).map(node -> new Place(path(field), node, faults));
    }

    /** A value and its place. */
    public record Place(String path, JsonNode node, List<Fault> faults) {
        /** Returns the elements of a list, else the value itself. */
        public List<Place> each() {
            if (!node.isArray()) {
                return List.of(this);
            }
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                places.add(new Place(path + "[" + i + "]", node.get(i), faults));
            }
            return places;
        }

        public boolean isObject() {
            return node.isObject();
        }

        public boolean isList() {
            return node.isArray();
        }

        /** Returns its fields. */
        public Fields fields() {
            return new Fields(node, path, faults);
        }

        /** Returns it as a text; empty, with a fault, if it is not one. */
        public Optional<String> text() {
            return Fields.asText(path, node, faults);
        }

        public void fault(String problem) {
            faults.add(new Fault(path, problem));
        }
    }

    /** Reports the fields that were not read; to be called when everything was read. */
    public void nothingElse() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                fault(name, "is not known here: the fields are " + String.join(", ", known));
            }
        });
    }

    /** Returns whether the field is present, whatever its kind; null counts as absent. */
    public boolean has(String field) {
        return node(field).isPresent();
    }

    /** Returns whether the field is an object. */
    public boolean isObject(String field) {
        return node(field).filter(JsonNode::isObject).isPresent();
    }

    private Optional<JsonNode> node(String field) {
        known.add(field);
        return Optional.ofNullable(object.get(field)).filter(node -> !node.isNull());
    }

    private List<JsonNode> items(String field) {
        Optional<JsonNode> node = node(field);
        if (node.isPresent() && !node.get().isArray()) {
            fault(field, "write a list");
            return List.of();
        }
        return node.map(array -> List.copyOf(array.valueStream().toList())).orElse(List.of());
    }

    private Optional<String> asText(String at, JsonNode node) {
        return asText(at, node, faults);
    }

    private static Optional<String> asText(String at, JsonNode node, List<Fault> faults) {
        if (node.isNumber()) {
            // YAML reads +3225550100 without quotes as a number, and the plus is lost.
            faults.add(new Fault(at, "is a number here and must be a text: put it in quotes"));
            return Optional.empty();
        }
        if (!node.isTextual()) {
            faults.add(new Fault(at, "write a text"));
            return Optional.empty();
        }
        return Optional.of(node.textValue().strip());
    }
}
