package dev.trunkline.router.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.trunkline.events.codec.EventJson;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps everything that grants access out of reports and exports, which people paste where others read them. A secret
 * is recognised by the field's name, because configurations are the tenants' own and hold keys of any provider; and
 * within texts by the form of a URL that carries one. The migration {@code V5__number_history.sql} applies the same
 * rules to the history of numbers.
 */
public final class Hidden {
    /** Takes the place of a secret. */
    public static final String STARS = "***";

    private static final Pattern ANYWHERE =
            Pattern.compile("secret|passw|passphrase|credential|authori[sz]ation|apikey|ha1_|(^|[^a-z])(keys?|token|pin)$");
    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z0-9](Keys?|Token|Pin)$");
    /** Each part is bounded, so that no text takes more than one pass. */
    private static final Pattern USER_OF_A_URL = Pattern.compile("(//|sips?:)([^/@:\\s]{0,255}:)[^/@\\s]{1,255}@");
    private static final Pattern QUERY_OF_A_URL = Pattern.compile(
            "([?&][\\w.-]{0,64}(token|key|secret|passw|signature)[\\w.-]{0,64}=)[^&#\\s]+", Pattern.CASE_INSENSITIVE);
    /** Texts of rules and agents that may be JSON. */
    private static final String METADATA = "metadata";

    private Hidden() {}

    /** Returns an export as it may be shown. */
    static ObjectNode file(ObjectNode file) {
        return (ObjectNode) in("", file);
    }

    /** Returns a value as it may be shown. */
    static JsonNode in(String field, JsonNode value) {
        if (names(field) && !value.isNull() && !value.isBoolean()) {
            return TextNode.valueOf(STARS);
        }
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode shown = object.objectNode();
                object.properties().forEach(inside ->
                        shown.set(inside.getKey(), in(inside.getKey(), inside.getValue())));
                yield shown;
            }
            case ArrayNode array -> {
                ArrayNode shown = array.arrayNode();
                array.forEach(inside -> shown.add(in(field, inside)));
                yield shown;
            }
            case TextNode text -> TextNode.valueOf(text(field, text.textValue()));
            default -> value;
        };
    }

    /** Returns whether a field of this name holds a secret. */
    static boolean names(String field) {
        return ANYWHERE.matcher(field.toLowerCase(Locale.ROOT)).find() || CAMEL_CASE.matcher(field).find();
    }

    /** Returns whether a text is what an export writes in place of a secret, or contains that. */
    static boolean standsFor(String field, String text) {
        if (names(field)) {
            return text.equals(STARS);
        }
        return text.contains(STARS)
                && (USER_OF_A_URL.matcher(text).results().anyMatch(found -> found.group().endsWith(":" + STARS + "@"))
                        || QUERY_OF_A_URL.matcher(text).results().anyMatch(found -> found.group().endsWith("=" + STARS))
                        || field.equals(METADATA) && object(text).filter(Hidden::hasStars).isPresent());
    }

    private static boolean hasStars(JsonNode object) {
        return object.properties().stream().anyMatch(inside -> inside.getValue().isTextual()
                ? standsFor(inside.getKey(), inside.getValue().textValue())
                : hasStars(inside.getValue()));
    }

    private static String text(String field, String text) {
        Optional<ObjectNode> json = field.equals(METADATA) ? object(text) : Optional.empty();
        if (json.isPresent()) {
            JsonNode shown = in("", json.get());
            // Unchanged if there is nothing to hide.
            return shown.equals(json.get()) ? text : shown.toString();
        }
        return QUERY_OF_A_URL.matcher(USER_OF_A_URL.matcher(text).replaceAll("$1$2" + STARS + "@"))
                .replaceAll("$1" + STARS);
    }

    private static Optional<ObjectNode> object(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return EventJson.MAPPER.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
