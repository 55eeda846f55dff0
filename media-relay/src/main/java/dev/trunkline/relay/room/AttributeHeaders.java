package dev.trunkline.relay.room;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.ParticipantSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Attributes of the phone's participant as the headers of a BYE or a REFER: LiveKit's {@code attributes_to_headers}. Attributes written by
 * agents may have any length and any characters, while a header is one line. Pure.
 *
 * @param mapping attribute to header; the router and the edge judge which headers are allowed
 */
public record AttributeHeaders(Map<String, String> mapping) {
    /** Maximum octets of one value; a longer value is cut. */
    static final int MOST_VALUE = 1_024;
    /** Maximum octets of all together: phones built on pjsip take messages of 4,000 octets, unless they were built otherwise. */
    static final int MOST = 3_072;
    /** Colon, blank and line end. */
    private static final int BESIDE = 4;

    public AttributeHeaders {
        mapping = Map.copyOf(mapping);
    }

    public static AttributeHeaders of(CallAdmitted admitted) {
        return new AttributeHeaders(admitted.route().participant().flatMap(ParticipantSettings::attributesToHeaders).orElse(Map.of()));
    }

    public boolean isEmpty() {
        return mapping.isEmpty();
    }

    /**
     * Returns the headers. A missing or empty attribute gives no header, and of two attributes for one header the first by name counts. If
     * all together are too long, the last by attribute name are left out.
     */
    public Map<String, String> of(Map<String, String> attributes) {
        Map<String, String> headers = new LinkedHashMap<>();
        int octets = 0;
        for (Map.Entry<String, String> wanted : new TreeMap<>(mapping).entrySet()) {
            String name = wanted.getValue();
            String value = line(attributes.getOrDefault(wanted.getKey(), ""));
            int more = RoomText.length(name) + RoomText.length(value) + BESIDE;
            if (!value.isEmpty() && octets + more <= MOST && headers.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
                headers.put(name, value);
                octets += more;
            }
        }
        return headers;
    }

    /** Replaces line ends and the like by spaces. */
    private static String line(String text) {
        var blank = new StringBuilder(Math.min(text.length(), MOST_VALUE));
        text.codePoints().limit(MOST_VALUE).map(AttributeHeaders::blanked).forEach(blank::appendCodePoint);
        return RoomText.line(blank.toString().strip(), MOST_VALUE).stripTrailing();
    }

    private static int blanked(int character) {
        boolean separates = switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
        return separates ? ' ' : character;
    }
}
