package dev.trunkline.router.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.fields.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Restores the secrets that an export hid, so that a file without secrets can be changed and applied. A value is
 * restored only where the file has what {@link Hidden} makes of the stored one, in the same item; items of a list are
 * matched by their names. A secret therefore never moves to another item, nor to another organisation with a number
 * that is reassigned.
 */
public final class KeptSecrets {
    private static final String NOTHING_TO_KEEP =
            " stands for a secret that an export hid, but no such secret is stored here: write it, or export with with_secrets=true";
    /** The fields that identify an object of a list. */
    private static final List<String> IDENTITY = List.of("phone_number", "name", "username", "realm");

    private KeptSecrets() {}

    /** Returns whether anything in a file may stand for something that an export hid. */
    public static boolean areIn(JsonNode file) {
        return file.isTextual()
                ? file.textValue().contains(Hidden.STARS)
                : file.valueStream().anyMatch(KeptSecrets::areIn);
    }

    /**
     * @param file is not changed
     * @param stored the whole directory as it is, with its secrets
     * @throws FaultyFileException if a secret is left out that is not stored either
     */
    public static JsonNode putBack(JsonNode file, JsonNode stored) throws FaultyFileException {
        JsonNode whole = put("", file, stored);
        List<Fault> faults = new ArrayList<>();
        findMissing("", "", whole, faults);
        if (!faults.isEmpty()) {
            throw new FaultyFileException(faults);
        }
        return whole;
    }

    private static JsonNode put(String field, JsonNode written, JsonNode stored) {
        if (!areIn(written)) {
            return written;
        }
        if (!stored.isMissingNode() && written.equals(Hidden.in(field, stored))) {
            return stored;
        }
        return switch (written) {
            case ObjectNode object -> {
                ObjectNode whole = object.objectNode();
                object.properties().forEach(inside -> whole.set(
                        inside.getKey(), put(inside.getKey(), inside.getValue(), stored.path(inside.getKey()))));
                yield whole;
            }
            case ArrayNode array -> list(field, array, stored);
            default -> written;
        };
    }

    private static ArrayNode list(String field, ArrayNode written, JsonNode stored) {
        Map<List<JsonNode>, List<JsonNode>> named = stored.isArray()
                ? stored.valueStream().collect(Collectors.groupingBy(KeptSecrets::identity))
                : Map.of();
        ArrayNode whole = written.arrayNode();
        written.forEach(item -> whole.add(areIn(item)
                ? counterpart(field, item, named.getOrDefault(identity(item), List.of()))
                        .map(there -> put(field, item, there))
                        .orElse(item)
                : item));
        return whole;
    }

    /**
     * Returns the only stored item that can correspond to this one.
     *
     * @param named those of the same name; for items without names, all that have none
     */
    private static Optional<JsonNode> counterpart(String field, JsonNode item, List<JsonNode> named) {
        boolean hasName = identity(item).stream().anyMatch(value -> !value.isMissingNode());
        List<JsonNode> candidates = hasName && named.size() == 1
                ? named
                : named.stream().filter(there -> item.equals(Hidden.in(field, there))).toList();
        return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
    }

    private static List<JsonNode> identity(JsonNode item) {
        return IDENTITY.stream().map(item::path).toList();
    }

    /** Finds stars that are still there: a secret of three stars would let anyone in. */
    private static void findMissing(String path, String field, JsonNode node, List<Fault> faults) {
        if (node.isTextual() && Hidden.standsFor(field, node.textValue())) {
            faults.add(new Fault(path, Hidden.STARS + NOTHING_TO_KEEP));
        }
        node.properties().forEach(inside -> findMissing(
                path.isEmpty() ? inside.getKey() : path + "." + inside.getKey(), inside.getKey(), inside.getValue(), faults));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            findMissing(path + "[" + i + "]", field, node.get(i), faults);
        }
    }
}
