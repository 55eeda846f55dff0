package dev.trunkline.relay.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A request from somebody in the room, as JSON:
 *
 * <pre>
 * {"to": "+32470123456", "trunk": "carrier", "way": "bridge", "agents_stay": false, "ringing_seconds": 30, "participant": "sip_…"}
 * </pre>
 *
 * It comes from outside the suite: each length is capped, only {@code to} is required, and unknown fields are refused, because a
 * misspelt field would otherwise be ignored silently.
 *
 * @param to a number, {@code tel:} or {@code sip:} URI; the router judges it
 * @param trunk name of the outbound trunk; if empty, the router chooses
 * @param participant identity of the caller that is meant, if several are in the room
 */
public record TransferWish(
        String to,
        Optional<String> trunk,
        Optional<TransferWay> way,
        boolean agentsStay,
        OptionalInt ringingSeconds,
        Optional<String> participant) {
    /** Maximum octets of the whole request. */
    public static final int MOST_OCTETS = 4_096;

    static final int MOST_TARGET = 256;
    static final int MOST_NAME = 256;
    static final int MOST_RINGING_SECONDS = 600;
    private static final Set<String> FIELDS =
            Set.of("to", "trunk", "way", "agents_stay", "ringing_seconds", "participant");

    /** @throws TransferRefusal that says what to write instead, without quoting what was written */
    public static TransferWish parse(byte[] json) throws TransferRefusal {
        if (json.length > MOST_OCTETS) {
            throw TransferRefusal.malformed("The request has more than " + MOST_OCTETS + " octets.");
        }
        JsonNode wish;
        try {
            wish = EventJson.MAPPER.readTree(json);
        } catch (IOException e) {
            throw TransferRefusal.malformed("The request is not JSON.");
        }
        if (wish == null || !wish.isObject()) {
            throw TransferRefusal.malformed("The request is not a JSON object such as {\"to\": \"+32470123456\"}.");
        }
        for (Map.Entry<String, JsonNode> field : wish.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw TransferRefusal.malformed(
                        "The request may contain to, trunk, way, agents_stay, ringing_seconds and participant, and nothing else.");
            }
        }
        return new TransferWish(
                text(wish, "to", MOST_TARGET).orElseThrow(() -> TransferRefusal.malformed(
                        "\"to\" is missing: a number, or a tel: or sip: URI.")),
                text(wish, "trunk", MOST_NAME), way(wish), flag(wish), seconds(wish), text(wish, "participant", MOST_NAME));
    }

    private static Optional<JsonNode> field(JsonNode wish, String name) {
        return Optional.ofNullable(wish.get(name)).filter(node -> !node.isNull());
    }

    private static Optional<String> text(JsonNode wish, String name, int most) throws TransferRefusal {
        Optional<JsonNode> node = field(wish, name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        String text = node.get().isTextual() ? node.get().textValue().strip() : "";
        if (text.isEmpty() || text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
            throw TransferRefusal.malformed(
                    "\"" + name + "\" must be a string of 1 to " + most + " characters, without control characters.");
        }
        return Optional.of(text);
    }

    private static Optional<TransferWay> way(JsonNode wish) throws TransferRefusal {
        Optional<String> written = text(wish, "way", MOST_NAME);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(TransferWay.values())
                .filter(way -> way.code().equals(written.get()))
                .findFirst()
                .orElseThrow(() -> TransferRefusal.malformed(
                        "\"way\" must be bridge, warm, refer, refer-first or bridge-first.")));
    }

    private static boolean flag(JsonNode wish) throws TransferRefusal {
        Optional<JsonNode> node = field(wish, "agents_stay");
        if (node.isPresent() && !node.get().isBoolean()) {
            throw TransferRefusal.malformed("\"agents_stay\" must be true or false.");
        }
        return node.map(JsonNode::booleanValue).orElse(false);
    }

    private static OptionalInt seconds(JsonNode wish) throws TransferRefusal {
        Optional<JsonNode> node = field(wish, "ringing_seconds");
        if (node.isEmpty()) {
            return OptionalInt.empty();
        }
        boolean fits = node.get().isIntegralNumber() && node.get().canConvertToInt()
                && node.get().intValue() >= 1 && node.get().intValue() <= MOST_RINGING_SECONDS;
        if (!fits) {
            throw TransferRefusal.malformed("\"ringing_seconds\" must be a whole number from 1 to " + MOST_RINGING_SECONDS + ".");
        }
        return OptionalInt.of(node.get().intValue());
    }

    /** Reveals nothing: the target is a number. */
    @Override
    public String toString() {
        return "TransferWish[…]";
    }
}
